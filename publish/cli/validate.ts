import { relative } from "node:path";
import type { Command } from "commander";
import { createFlowEngine, type FlowEngine } from "../../electron/host/flow-engine.ts";
import { createOwnNodes } from "../../electron/host/own-nodes.ts";
import { createProjectFlows } from "../../electron/host/project-flows.ts";
import { problemMessage, type Problem } from "../../engine/flow/index.ts";
import type { FlowText } from "../../engine/store/project/flow-files.ts";
import { coloured, dim, language, optionsOf, printJson } from "./output.ts";
import { openProject, type CliProject } from "./project.ts";
import { counted, words } from "./words.ts";

interface Finding extends Pick<Problem, "severity" | "code" | "node" | "field"> {
  file: string;
  line: number;
  column: number;
  message: string;
}

export function addValidateCommand(program: Command): void {
  program
    .command("validate")
    .description(words("validate"))
    .argument("[flows...]", words("validateArgument"))
    .action(async (names: string[], _: unknown, command: Command) => {
      const { project: folder, json } = optionsOf(command);
      const project = openProject(folder);
      const flows =
        names.length > 0 ? await Promise.all(names.map((name) => project.flow(name))) : await project.flows.list();
      const findings = await withEngine(project, (engine) => flows.flatMap((flow) => check(flow, engine)));
      const errors = findings.filter(({ severity }) => severity === "error").length;
      if (json) printJson({ ok: errors === 0, flows: flows.map(({ name }) => name), problems: findings });
      else report(findings, flows.length, errors);
      if (errors > 0) process.exitCode = 1;
    });
}

/** Checks with what the project brings, its other flows and its own nodes; needs no lock, since nothing runs. */
async function withEngine<T>({ folder, flows }: CliProject, use: (engine: FlowEngine) => T): Promise<T> {
  const projectFlows = createProjectFlows(flows);
  const engine = createFlowEngine(projectFlows.all);
  const nodes = createOwnNodes({ folder, engine, changed: async () => {}, report: () => {} });
  try {
    await Promise.all([projectFlows.known(), nodes.load()]);
    return use(engine);
  } finally {
    await nodes.close();
  }
}

function check(flow: FlowText, engine: FlowEngine): Finding[] {
  const { problems } = engine.analyze(flow.text, flow.name);
  return problems.map(({ severity, code, params, node, field, line = 1, column = 1 }) => {
    const message = problemMessage(language(), { code, params });
    return {
      file: relative(process.cwd(), flow.path),
      line,
      column,
      severity,
      code,
      message,
      ...(node && { node }),
      ...(field && { field }),
    };
  });
}

/** `file:line:column severity message (code)`: what editors and CI systems turn into links. */
function report(findings: readonly Finding[], flows: number, errors: number): void {
  for (const { file, line, column, severity, message, code } of findings) {
    const label =
      severity === "error"
        ? coloured("failed").replace("failed", words("error"))
        : coloured("waiting").replace("waiting", words("warning"));
    console.log(`${file}:${line}:${column} ${label} ${message} ${dim(`(${code})`)}`);
  }
  if (findings.length === 0) console.log(counted("noProblems", flows));
  else
    console.log(
      words("problems", {
        errors: counted("errors", errors),
        warnings: counted("warnings", findings.length - errors),
      }),
    );
}
