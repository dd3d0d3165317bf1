// A browser, and people who sign in with it.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { oneTimePassword } from "./daemon.mjs";

const modules = createRequire(join(dirname(fileURLToPath(import.meta.url)), "../../../build/browser/package.json"));
const { chromium } = modules("playwright-core");
const axe = readFileSync(modules.resolve("axe-core/axe.min.js"), "utf8");
export const password = "con-suoi-chay-qua-ban";

export const openBrowser = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

/** `faults` gathers what the page throws. */
export async function openPage(browser, { size = { width: 1440, height: 900 }, faults = [], ...options } = {}) {
  const page = await (await browser.newContext({ viewport: size, locale: "vi-VN", ...options })).newPage();
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => faults.push(String(error)));
  return page;
}

/** Signs in, for the first time with the one-time password, which must then be changed. */
export async function signIn(page, address, name) {
  await page.goto(address);
  const form = async (word) => {
    await page.getByLabel("Tên đăng nhập").fill(name);
    await page.getByLabel("Mật khẩu", { exact: true }).fill(word);
    await page.keyboard.press("Enter");
  };
  await form(oneTimePassword);
  const fresh = page.locator("[autocomplete=new-password]").first();
  await Promise.race([fresh.waitFor(), page.getByRole("alert").waitFor()]);
  if (await fresh.isVisible()) {
    const fields = await page.locator("input[type=password]").all();
    await fields[0].fill(oneTimePassword);
    await fields[1].fill(password);
    await fields[2].fill(password);
    await page.keyboard.press("Enter");
  } else {
    await form(password);
  }
  await page.locator(".shell").waitFor();
}

/** What axe-core finds on the page, each with where. */
export async function violations(page) {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => globalThis.axe.run());
  return found.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
}
