import { writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const built = resolve(here, "../../build/console");

/** What a browser loads before Today stands there: the entry, the Vietnamese texts, sign-in and Today. */
const firstView = ["index.html", "src/i18n/vi.json", "src/views/today/index.tsx"];

/** Writes build/console/first-view.json, the files whose size scripts/check-size.mjs holds. */
function listFirstView(): Plugin {
  return {
    name: "list-first-view",
    apply: "build",
    writeBundle(_, bundle) {
      const files = new Set(["index.html"]);
      const visit = (name: string) => {
        const chunk = bundle[name];
        if (!chunk || files.has(name)) return;
        files.add(name);
        if (chunk.type !== "chunk") return;
        chunk.imports.forEach(visit);
        chunk.viteMetadata?.importedCss.forEach(visit);
      };
      for (const entry of firstView) {
        const chunk = Object.values(bundle).find(
          (one) => one.type === "chunk" && one.facadeModuleId === resolve(here, entry),
        );
        if (!chunk) this.error(`the first view has no chunk of ${entry}`);
        visit(chunk.fileName);
      }
      writeFileSync(resolve(built, "first-view.json"), JSON.stringify([...files].sort(), null, 2));
    },
  };
}

/** What the daemon sends with the console, so that `npm run preview` shows what the policy forbids. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export default defineConfig({
  root: here,
  plugins: [listFirstView()],
  build: {
    outDir: resolve(built, "dist"),
    emptyOutDir: true,
    target: ["chrome90", "firefox90", "safari15"],
    assetsInlineLimit: 0, // the served policy allows no inline script or font
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: resolve(here, "index.html"), calendar: resolve(here, "calendar.html") },
    },
  },
  // Named, so that the first page of `npm run dev` is not loaded twice.
  optimizeDeps: { include: ["preact", "preact/hooks", "preact/jsx-dev-runtime", "qrcode-generator", "uplot"] },
  preview: { host: "127.0.0.1", headers: { "Content-Security-Policy": policy } },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": { target: process.env["TONGDAI_URL"] ?? "http://127.0.0.1:8080" } },
  },
});
