/** The dialogue on a real server: the sample personas' own tests, the form of every answer, cancelling. */
import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { runTests, type TestOutcome } from '../../cli/persona-tests/run-tests.js';
import { EMOTIONS, type Persona, parsePersona } from '../../plugin/dialogue/index.js';
import type { EnginePort, GenerateResult } from '../../plugin/engine-port.js';
import { remoteEngineOn, request } from '../support/remote-port.js';
import { type RemoteReport, reportPage } from './report-page.js';

const PERSONAS = ['mira', 'bess', 'pip'];
/** Of each: a slow machine takes a minute for one. */
const QUESTIONS = 5;
/** The server may be slow; that it answers is what is tested. */
const PATIENCE_MS = 300_000;
/** The bundled model answers nearly all of its own personas' questions; another one may do worse. */
const LEAST_PASSED = 0.5;
const WHOLE = new RegExp(`^\\[(?:${EMOTIONS.join('|')})\\] \\S`);

describe('the dialogue on a real server', () => {
  const baseUrl = process.env.PARLEY_REMOTE_URL!;
  const model = process.env.PARLEY_REMOTE_MODEL ?? 'default';
  let port: EnginePort;
  let kind: string;
  let version: string;
  let cancels = false;
  /** Of every first attempt, as the server wrote it. */
  const answers: GenerateResult[] = [];
  const outcomes: { readonly persona: string; readonly tests: readonly TestOutcome[] }[] = [];

  beforeAll(async () => {
    vi.spyOn(console, 'info').mockImplementation(() => undefined);
    const loaded = await remoteEngineOn(baseUrl, {
      model,
      timeoutMs: { firstToken: PATIENCE_MS, stall: PATIENCE_MS },
    }).loadModel({ urls: [] });
    kind = loaded.info.architecture;
    version = await versionOf(baseUrl);
    port = {
      ...loaded,
      generate: async (asked, onChunk, signal) => {
        const result = await loaded.generate(asked, onChunk, signal);
        if (asked.grammar && !asked.continueAnswer) answers.push(result);
        return result;
      },
    };
  });

  it.each(PERSONAS)('answers as %s', async (name) => {
    const { warn } = console;
    const failures: unknown[] = [];
    vi.spyOn(console, 'warn').mockImplementation((...line) => {
      failures.push(line);
      warn(...line);
    });
    const persona: Persona = parsePersona(JSON.parse(await readFile(`assets/personas/${name}.json`, 'utf8')));
    const tests = await runTests({
      port,
      persona: { ...persona, tests: persona.tests?.slice(0, QUESTIONS) ?? [] },
    });
    outcomes.push({ persona: name, tests });
    expect(failures).toEqual([]);
    expect(tests.filter(({ passed }) => passed).length).toBeGreaterThanOrEqual(LEAST_PASSED * tests.length);
  });

  it('gives answers in the form that was asked for, each time the same', async () => {
    expect(answers.length).toBeGreaterThan(5);
    expect(answers.filter(({ text }) => !WHOLE.test(text)).map(({ text }) => text)).toEqual([]);
    const greedy = request({ sampling: {}, maxTokens: 12 });
    const [first, second] = [
      await port.generate(greedy, () => undefined),
      await port.generate(greedy, () => undefined),
    ];
    expect(second.text).toBe(first.text);
  });

  it('goes on from what stands', async () => {
    const began = '[neutral] The boats are in the';
    const messages = [...request().messages, { role: 'assistant' as const, text: began }];
    const rest = {
      type: 'repeat',
      item: {
        type: 'chars',
        ranges: [
          [32, 90],
          [97, 122],
        ],
      },
      min: 1,
    } as const;
    const grammar = { rules: { root: rest } };
    const { text } = await port.generate(
      request({ messages, continueAnswer: true, grammar }),
      () => undefined,
    );
    expect(text).not.toBe('');
    expect(text).not.toContain('The boats are in the');
  });

  it('stops when it is cancelled, and answers the next request', async () => {
    const abort = new AbortController();
    const endless = request({ maxTokens: 600, messages: [longTask] });
    let chunks = 0;
    const cancelled = port.generate(
      endless,
      () => {
        if (++chunks === 3) abort.abort();
      },
      abort.signal,
    );
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(chunks).toBe(3);
    const { text } = await port.generate(request({ maxTokens: 8 }), () => undefined);
    expect(text).not.toBe('');
    cancels = true;
  });

  it('writes the report', async () => {
    expect(outcomes).toHaveLength(PERSONAS.length);
    const firstMs = answers.map(({ usage }) => usage.firstTokenMs ?? Number.NaN).sort((a, b) => a - b);
    const report: RemoteReport = {
      date: new Date().toISOString().slice(0, 10),
      server: kind,
      version,
      model,
      answers: answers.length,
      labelled: answers.filter(({ text }) => WHOLE.test(text)).length,
      firstTokenMs: {
        median: Math.round(firstMs[Math.floor(firstMs.length / 2)]!),
        most: Math.round(firstMs.at(-1)!),
      },
      cancels,
      personas: outcomes.map(({ persona, tests }) => ({
        persona,
        passed: tests.filter(({ passed }) => passed).length,
        tests: tests.map(({ name, passed, answers: heard }) => ({
          name,
          passed,
          answers: heard.map(({ said, got }) => ({ said, ...got })),
        })),
      })),
    };
    await writeFile('tests/remote/report.json', `${JSON.stringify(report, undefined, 2)}\n`);
    await writeFile('tests/remote/report.md', reportPage(report));
  });
});

const longTask = {
  role: 'user' as const,
  segments: [{ text: 'Tell a long story of the sea, with all the names of its boats.', trusted: true }],
};

/** Servers made with FastAPI tell theirs in their API's description, llama.cpp's own in its properties. */
async function versionOf(baseUrl: string): Promise<string> {
  const read = async (path: string) => {
    const response = await fetch(new URL(path, baseUrl)).catch(() => undefined);
    return response?.ok ? ((await response.json()) as Record<string, unknown>) : undefined;
  };
  const { build_info: build } = (await read('/props')) ?? {};
  const { info } = (await read('/openapi.json')) ?? {};
  return String(build ?? (info as { version?: string } | undefined)?.version ?? 'unknown');
}
