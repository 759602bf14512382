/** The report of the remote tests, to be read. */
export interface RemoteReport {
  readonly date: string;
  /** What kind of server it is, as its list of models tells. */
  readonly server: string;
  readonly version: string;
  readonly model: string;
  /** First attempts at a line. */
  readonly answers: number;
  /** Of these, with a known label and words behind it. */
  readonly labelled: number;
  readonly firstTokenMs: { readonly median: number; readonly most: number };
  readonly cancels: boolean;
  readonly personas: readonly {
    readonly persona: string;
    readonly passed: number;
    readonly tests: readonly {
      readonly name: string;
      readonly passed: boolean;
      readonly answers: readonly { readonly said: string; readonly text: string; readonly emotion: string }[];
    }[];
  }[];
}

export function reportPage(report: RemoteReport): string {
  const { date, server, version, model, answers, labelled, firstTokenMs, cancels, personas } = report;
  const lines = [
    '# Characters on a real server',
    '',
    `Written by \`npm run test:remote\` on ${date}: ${server} ${version}, model ${model}.`,
    '',
    '| what | |',
    '|---|---|',
    `| answers of the model | ${answers} |`,
    `| with a valid label and words | ${labelled} |`,
    `| to the first words, median and most | ${firstTokenMs.median} ms, ${firstTokenMs.most} ms |`,
    `| cancelling ends the request | ${cancels ? 'yes' : 'no'} |`,
    ...personas.map(({ persona, passed, tests }) => `| tests of ${persona} | ${passed} of ${tests.length} |`),
    ...personas.flatMap(({ persona, tests }) => [
      '',
      `## ${persona}`,
      '',
      ...tests.flatMap(({ name, passed, answers: heard }) => [
        `- ${name}: ${passed ? 'passed' : 'failed'}`,
        ...heard.map(({ said, emotion, text }) => `  - "${said}" [${emotion}] ${text}`),
      ]),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}
