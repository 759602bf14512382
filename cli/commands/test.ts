/** `parley test`: the tests of personas, on the real model. */
import { writeFile } from 'node:fs/promises';
import { actionText } from '../../plugin/dialogue/answer/action-check.js';
import { alignedTable } from '../aligned-table.js';
import { MODEL_OPTIONS, parseArguments, seedOf } from '../arguments.js';
import { loadModel } from '../load-model.js';
import { runTests, type TestKind, type TestOutcome } from '../persona-tests/run-tests.js';
import { type Share, type Summary, summarize } from '../persona-tests/summarize.js';
import { readPersona } from '../read-persona.js';
import { UsageError } from '../usage-error.js';

const USAGE = `Usage: parley test PERSONA.json... --model FILE.gguf [options]

Runs the "tests" of each persona, each with a fresh character and the same seed, and ends with status 1 where one
fails. Every answer must also have one of the persona's labels, end like a sentence and stay in character.

  --model FILE   the model that the game will load; its parts in order where it comes in parts
  --seed N       first seed of each talk (default: the persona's, else 1)
  --only TEXT    only tests with this in their name or lines
  --out FILE     write the report as JSON
  --json         write it to the terminal instead of text
  --threads N    threads to compute with, 1 to 16; the result is the same (default 1)`;

const OPTIONS = {
  ...MODEL_OPTIONS,
  seed: { type: 'string' },
  only: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** @throws UsageError; what is wrong with a persona or the model */
export async function test(kernelFolder: string, args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArguments(args, OPTIONS, USAGE);
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (positionals.length === 0) throw new UsageError('Got no persona files.', USAGE);
  const seed = seedOf(values.seed, USAGE);
  const personas = await Promise.all(positionals.map(readPersona));
  const { port, info } = await loadModel(kernelFolder, values, USAGE);
  const reports: { persona: string; summary: Summary; tests: TestOutcome[] }[] = [];
  for (const persona of personas) {
    // Progress goes where it does not mix with JSON.
    const onOutcome = (outcome: TestOutcome) =>
      values.json
        ? console.error(`${persona.id}: ${headline(outcome)}`)
        : console.log(`${persona.id}: ${readable(outcome)}`);
    const tests = await runTests({ port, persona, seed, only: values.only, onOutcome });
    reports.push({ persona: persona.id, summary: summarize(tests), tests });
  }
  const all = summarize(reports.flatMap(({ tests }) => tests));
  // A typing mistake in --only, or a persona without tests, must not pass for success.
  if (all.passed + all.failed === 0) throw new Error('No test ran: none has that text, or there are none.');
  const report = JSON.stringify({ model: info.id, all, personas: reports }, null, 2);
  if (values.out !== undefined) await writeFile(values.out, `${report}\n`);
  if (values.json) console.log(report);
  else {
    const rows = [...reports, { persona: 'all', summary: all }];
    console.log(`\n${summaryTable(rows).join('\n')}`);
    if (Object.keys(all.kinds).length > 0) console.log(`\n${kindTable(rows, all).join('\n')}`);
  }
  if (all.failed > 0) process.exitCode = 1;
}

function headline({ name, passed }: TestOutcome): string {
  return `${passed ? 'passed' : 'FAILED'}  ${name}`;
}

/** A failure with the whole talk up to it, which is often its cause. */
function readable(outcome: TestOutcome): string {
  if (outcome.passed) return headline(outcome);
  const lines = outcome.answers.flatMap(({ said, got, mistakes }) => [
    `    said      ${said}`,
    `    got       [${got.emotion}] ${got.text}${got.action ? ` @${actionText(got.action)}` : ''}`,
    ...(got.choice === undefined ? [] : [`    taken for ${got.choice}`]),
    ...mistakes.map(({ kind, expected }) => `    expected  ${expected} (${kind})`),
  ]);
  return [headline(outcome), ...lines].join('\n');
}

interface Row {
  readonly persona: string;
  readonly summary: Summary;
}

function summaryTable(rows: readonly Row[]): string[] {
  return alignedTable([
    ['persona', 'passed', 'failed', 'facts', 'labels', 'actions', 'mid-sentence', 'out of character'],
    ...rows.map(({ persona, summary }) => [
      persona,
      summary.passed,
      summary.failed,
      share(summary.facts),
      share(summary.labels),
      share(summary.actions),
      summary.midSentence,
      summary.outOfCharacter,
    ]),
  ]);
}

/** Tests that passed, by kind. */
function kindTable(rows: readonly Row[], all: Summary): string[] {
  const kinds = Object.keys(all.kinds) as TestKind[];
  return alignedTable([
    ['passed', ...kinds],
    ...rows.map(({ persona, summary }) => [persona, ...kinds.map((kind) => share(summary.kinds[kind]))]),
  ]);
}

function share({ right, of }: Share = { right: 0, of: 0 }): string {
  return of === 0 ? '-' : `${right}/${of} (${Math.round((100 * right) / of)}%)`;
}
