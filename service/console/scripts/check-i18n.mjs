// Holds the dictionaries: the same keys, sorted, with the same placeholders in both, every key that is used is there.
// --fix sorts them. Keys that nothing uses are told, and are no fault.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const source = new URL("../src/", import.meta.url);
const faults = [];
const languages = ["vi", "en"];

const dictionaries = languages.map((language) => {
  const file = new URL(`i18n/${language}.json`, source);
  const text = readFileSync(file, "utf8");
  const entries = JSON.parse(text);
  const keys = Object.keys(entries);
  const written = [...text.matchAll(/^\s*"([^"]+)":/gm)].map((found) => found[1]);
  for (const key of written.filter((one, at) => written.indexOf(one) !== at)) faults.push(`${language}.json has "${key}" twice`);
  const sorted = [...keys].sort();
  if (process.argv.includes("--fix")) {
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(sorted.map((key) => [key, entries[key]])), null, 2)}\n`);
  } else if (keys.join("\n") !== sorted.join("\n")) {
    faults.push(`${language}.json is not sorted: node scripts/check-i18n.mjs --fix`);
  }
  return entries;
});

const placeholders = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]))].sort().join(" ");
const [vi, en] = dictionaries;
for (const key of new Set([...Object.keys(vi), ...Object.keys(en)])) {
  if (!(key in vi)) faults.push(`vi.json lacks "${key}"`);
  else if (!(key in en)) faults.push(`en.json lacks "${key}"`);
  else if (!vi[key].trim() || !en[key].trim()) faults.push(`"${key}" is empty`);
  else if (placeholders(vi[key]) !== placeholders(en[key])) faults.push(`"${key}" has other placeholders in vi.json than in en.json`);
}

const files = readdirSync(source, { recursive: true }).filter((name) => /\.tsx?$/.test(name) && !name.endsWith(".d.ts"));
const all = files.map((name) => [name, readFileSync(new URL(name, source), "utf8")]);
for (const [name, text] of all) {
  for (const [, key] of text.matchAll(/\bt\(\s*"([^"]+)"/g)) if (!(key in vi)) faults.push(`${name} uses "${key}", which is in no dictionary`);
}
const words = all.map(([, text]) => text).join("\n");
const prefixes = [...words.matchAll(/`([\w.]+\.)\$\{/g)].map((found) => found[1]);
const unused = Object.keys(vi).filter((key) => !words.includes(`"${key}"`) && !prefixes.some((prefix) => key.startsWith(prefix)));
if (unused.length) console.log(`nothing uses: ${unused.join(", ")}`);
for (const fault of faults) console.error(`check-i18n: ${fault}`);
process.exit(faults.length ? 1 : 0);
