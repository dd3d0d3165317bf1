// Holds calls that were made against docs/openapi.yaml.
//   node openapi.mjs DOCUMENT < CALLS
// CALLS: [{method, path, status, type, body?, sent?, sentType?}], `path` being the template. Prints
// {operations: [{method, path, roles}], faults: ["..."]}.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(new URL("../../build/e2e/package.json", import.meta.url));
const Ajv2020 = require("ajv/dist/2020").default;
const addFormats = require("ajv-formats").default;
const YAML = require("yaml");

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const faults = [];
const fault = (text) => faults.push(text);

const document = YAML.parse(readFileSync(process.argv[2], "utf8"));
const calls = JSON.parse(readFileSync(0, "utf8"));
if (!/^3\.1\./.test(document.openapi ?? "")) fault(`openapi: must be 3.1.x, is ${document.openapi}`);

// OpenAPI 3.1 schemas are JSON Schema 2020-12. The document stands under one name, so that its own references work.
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
addFormats(ajv);
const name = "https://document.invalid/openapi";
ajv.addSchema({ $id: name, ...document }, name, false, false);
const escape = (part) => encodeURIComponent(String(part).replace(/~/g, "~0").replace(/\//g, "~1"));

/** The value behind a chain of references, and the pointer to where it really stands. */
function find(pointer) {
  let value = document;
  for (const part of pointer) value = value?.[part];
  if (typeof value?.$ref !== "string") return { value, pointer };
  if (!value.$ref.startsWith("#/")) throw new Error(`${value.$ref}: only references within the document`);
  const parts = value.$ref.slice(2).split("/");
  return find(parts.map((p) => decodeURIComponent(p).replace(/~1/g, "/").replace(/~0/g, "~")));
}

const compiled = new Map();
/** What the schema at `pointer` says against `value`, as texts. */
function objections(pointer, value) {
  const key = `${name}#/${pointer.map(escape).join("/")}`;
  if (!compiled.has(key)) compiled.set(key, ajv.compile({ $ref: key }));
  const validate = compiled.get(key);
  if (validate(value)) return [];
  return validate.errors.map((e) => `${e.instancePath || "/"} ${e.message} ${JSON.stringify(e.params)}`);
}

const prefixOf = (servers) => {
  const url = servers?.[0]?.url ?? "/";
  return url.replace(/^[a-z]+:\/\/[^/]+/, "").replace(/\/$/, "");
};

const operations = new Map();
for (const [path, item] of Object.entries(document.paths ?? {})) {
  for (const method of methods.filter((m) => m in item)) {
    const prefix = prefixOf(item[method].servers ?? item.servers ?? document.servers);
    operations.set(`${method.toUpperCase()} ${prefix}${path}`, ["paths", path, method]);
    const names = [...path.matchAll(/\{([^}]+)\}/g)].map((m) => m[1]);
    const described = ["paths", path, method].reduce((found, _, i, all) => {
      const at = all.slice(0, i + 1).concat("parameters");
      const list = find(at).value ?? [];
      const inPath = list.map((_, n) => find(at.concat(n)).value).filter((p) => p.in === "path");
      return found.concat(inPath.map((p) => p.name));
    }, []);
    for (const n of names.filter((x) => !described.includes(x))) fault(`${method} ${path}: {${n}} is not described`);
  }
}

/** `type` or a range of it among the keys of `content`. */
const contentKey = (content, type) => [type, `${type.split("/")[0]}/*`, "*/*"].find((key) => content && key in content);

for (const call of calls) {
  const what = `${call.method} ${call.path} -> ${call.status}`;
  const operation = operations.get(`${call.method} ${call.path}`);
  if (!operation) {
    fault(`${what}: the document has no such operation`);
    continue;
  }
  const responses = find(operation).value.responses ?? {};
  const status = [String(call.status), `${String(call.status)[0]}XX`, "default"].find((s) => s in responses);
  if (!status) {
    fault(`${what}: the document has ${Object.keys(responses).join(", ")} only`);
    continue;
  }
  const response = find([...operation, "responses", status]);
  if (call.status >= 400 && call.type !== "application/problem+json") fault(`${what}: a fault came as ${call.type}`);
  const key = contentKey(response.value.content, call.type ?? "");
  if (response.value.content && !key) {
    fault(`${what}: came as ${call.type}, the document has ${Object.keys(response.value.content).join(", ")}`);
  } else if (!response.value.content && call.body !== undefined) {
    fault(`${what}: has a body, the document has none`);
  } else if (key && call.body !== undefined && response.value.content[key].schema && /json/.test(call.type)) {
    const at = [...response.pointer, "content", key, "schema"];
    for (const text of objections(at, call.body)) fault(`${what}: ${text}`);
  }
  if (call.status < 300 && call.sent !== undefined) {
    const body = find([...operation, "requestBody"]);
    const sentKey = contentKey(body.value?.content, call.sentType ?? "");
    if (!sentKey) fault(`${what}: took ${call.sentType}, which the document does not have`);
    else if (/json/.test(sentKey) && body.value.content[sentKey].schema) {
      const at = [...body.pointer, "content", sentKey, "schema"];
      for (const text of objections(at, call.sent)) fault(`${what}: the request: ${text}`);
    }
  }
}

const list = [...operations].map(([key, at]) => {
  const [method, path] = key.split(" ");
  return { method, path, roles: find(at).value["x-roles"] ?? [] };
});
process.stdout.write(JSON.stringify({ operations: list, faults }) + "\n");
