/** Measures the sample flows: `node assets/samples/evaluate.ts [--model <file.gguf>] [--inputs <folder>] [--all]`. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createSampleServices, evaluateSample, SAMPLE_FLOWS } from "./evaluation.ts";

const { values } = parseArgs({
  options: { model: { type: "string" }, inputs: { type: "string" }, all: { type: "boolean", default: false } },
});
const { services, dispose } = await createSampleServices(values.model);
try {
  for (const name of SAMPLE_FLOWS) {
    const results = await evaluateSample(name, services, values.inputs && join(values.inputs, `${name}.inputs.yaml`));
    const right = results.filter(({ wrong }) => wrong.length === 0).length;
    console.log(`${name}: ${right} of ${results.length} right`);
    for (const { message, answer, wrong } of results) {
      if (wrong.length > 0 || values.all)
        console.log(`  ${message}\n    -> ${answer.replaceAll("\n", " / ")}\n    ${wrong.join("; ")}`);
    }
  }
} finally {
  await dispose();
}
