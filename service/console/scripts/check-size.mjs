// Fails if what a browser loads for sign-in and Today is larger than agreed, compressed as it goes over the wire.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const limitKb = 150;
const built = new URL("../../../build/console/", import.meta.url);
let files;
try {
  files = JSON.parse(readFileSync(new URL("first-view.json", built), "utf8"));
} catch {
  console.error("check-size: nothing is built yet: npm run build");
  process.exit(1);
}
let sum = 0;
for (const file of files) {
  const bytes = gzipSync(readFileSync(new URL(`dist/${file}`, built))).length;
  console.log(`${String(bytes).padStart(8)}  ${file}`);
  sum += bytes;
}
console.log(`first view: ${(sum / 1024).toFixed(1)} KB compressed (at most ${limitKb})`);
if (sum > limitKb * 1024) process.exit(1);
