/** `parley validate`: everything that is wrong with persona files, and what their prompts cost. */
import { type Persona, personaProblems } from '../../plugin/dialogue/index.js';
import { alignedTable } from '../aligned-table.js';
import { MODEL_OPTIONS, parseArguments } from '../arguments.js';
import { loadModel } from '../load-model.js';
import { type PartCost, promptCost } from '../prompt-cost.js';
import { readJson } from '../read-persona.js';
import { UsageError } from '../usage-error.js';

const USAGE = `Usage: parley validate PERSONA.json... [--model FILE.gguf] [--json]

Names every problem of every file, and ends with status 1 where there is one. With a model it also counts the
tokens of what every talk with the persona begins with, part by part.

  --model FILE   count tokens as this model does; its parts in order where it comes in parts
  --threads N    threads to compute with, 1 to 16 (default 1)
  --json         write the findings as JSON`;

interface Finding {
  readonly file: string;
  readonly problems: readonly string[];
  /** Absent where the file has problems. */
  readonly persona?: Persona;
  readonly cost?: { readonly parts: readonly PartCost[]; readonly total: number };
}

/** @throws UsageError; what is wrong with the model */
export async function validate(kernelFolder: string, args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArguments(
    args,
    { ...MODEL_OPTIONS, json: { type: 'boolean' } },
    USAGE,
  );
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (positionals.length === 0) throw new UsageError('Got no persona files.', USAGE);
  let findings = await Promise.all(positionals.map(inspect));
  if (values.model) {
    const { host } = await loadModel(kernelFolder, values, USAGE);
    const counted: Finding[] = [];
    for (const [i, finding] of findings.entries()) {
      const { persona } = finding;
      counted.push(persona ? { ...finding, cost: await promptCost(host, i + 1, persona) } : finding);
    }
    findings = counted;
  }
  if (values.json) {
    console.log(
      JSON.stringify(
        findings.map(({ persona, ...finding }) => ({ ...finding, ...(persona ? { id: persona.id } : {}) })),
        null,
        2,
      ),
    );
  } else {
    for (const finding of findings) console.log(readable(finding));
  }
  if (findings.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
}

async function inspect(file: string): Promise<Finding> {
  let json: unknown;
  try {
    json = await readJson(file);
  } catch (error) {
    return { file, problems: [error instanceof Error ? error.message : String(error)] };
  }
  const problems = personaProblems(json);
  return problems.length > 0 ? { file, problems } : { file, problems, persona: json as Persona };
}

function readable({ file, problems, cost }: Finding): string {
  if (problems.length > 0) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    return [`${file}: ${count}`, ...problems.map((problem) => `  ${problem}`)].join('\n');
  }
  const rows = cost ? [...cost.parts.map(({ part, tokens }) => [part, tokens]), ['total', cost.total]] : [];
  return [`${file}: valid`, ...alignedTable(rows as [string, number][]).map((line) => `  ${line}`)].join(
    '\n',
  );
}
