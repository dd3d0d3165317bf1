// Writes src/api/roles.gen.ts from the x-roles of docs/openapi.yaml: which role may make which call.
import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";

const document = parse(readFileSync(new URL("../../../docs/openapi.yaml", import.meta.url), "utf8"), { merge: true });
const roles = document.components.schemas.Role.enum;
const lines = [];
for (const methods of Object.values(document.paths)) {
  for (const operation of Object.values(methods)) {
    if (!operation?.operationId) continue;
    const may = roles.filter((role) => operation["x-roles"].includes(role));
    const mask = operation["x-roles"].includes("anybody") ? 2 ** roles.length - 1 : may.reduce((sum, role) => sum | (1 << roles.indexOf(role)), 0);
    lines.push(`  ${operation.operationId}: ${mask},`);
  }
}
writeFileSync(
  new URL("../src/api/roles.gen.ts", import.meta.url),
  `// Made by scripts/roles.mjs from docs/openapi.yaml. One bit a role, in the order of \`roles\`.
export const roles = ${JSON.stringify(roles)} as const;
export const operations = {
${lines.sort().join("\n")}
} as const;
`,
);
