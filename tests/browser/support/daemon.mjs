// The daemon on the sandbox with the sample data and a person of each role, in a folder of its own.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const build = process.env.TONGDAI_BUILD ?? join(root, "build/release");
export const oneTimePassword = "once-password-1";
export const people = { lan: "counsellor", tac: "author", duyet: "approver", xem: "observer", tram: "facility", quan: "administrator" };
const facility = "Trạm Y tế xã Than Uyên";
const startTriesMax = 100;

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

export async function startDaemon() {
  const folder = mkdtempSync(join(tmpdir(), "tongdai-browser-"));
  const socket = join(folder, "tongdaid.sock");
  const port = await freePort();
  const config = join(folder, "tongdai.toml");
  writeFileSync(config, execFileSync(join(root, "scripts/sandbox-config"), ["--data", folder, "--socket", socket, "--port", String(port)]));
  const log = openSync(join(folder, "log"), "a");
  const child = spawn(join(build, "tongdaid"), ["--config", config], { cwd: root, stdio: ["ignore", log, log] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const cli = (...words) => execFileSync(join(build, "tongdai"), words, { cwd: root, env: { ...process.env, TONGDAI_SOCKET: socket }, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] });
  const told = (input, ...words) => execFileSync(join(build, "tongdai"), words, { cwd: root, env: { ...process.env, TONGDAI_SOCKET: socket }, input });
  for (let tried = 0; ; ++tried) {
    try {
      if (existsSync(socket)) {
        cli("status");
        break;
      }
    } catch (error) {
      if (tried > startTriesMax) throw error;
    }
    if (tried > startTriesMax) throw new Error(`the daemon does not start: see ${folder}/log`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  cli("unit", "import", "config/units/lai_chau.csv");
  cli("facility", "import", "config/sample/facilities.csv");
  cli("contact", "import", "config/sample/contacts.csv");
  for (const [name, role] of Object.entries(people)) told(oneTimePassword, "user", "add", name, "--role", role, ...(role === "facility" ? ["--facility", facility] : []));
  return {
    address: `http://localhost:${port}`,
    cli,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
