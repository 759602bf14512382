/** Runs a persona's tests on an engine: each with a fresh character and a fixed seed. */
import type { Expectation, Persona, PersonaTest } from '../../plugin/dialogue/index.js';
import type { EnginePort } from '../../plugin/engine-port.js';
import { characterOn } from '../character-on.js';
import { checkAnswer, type HeardAnswer, type Mistake } from './check-answer.js';

export interface CheckedAnswer {
  readonly said: string;
  readonly got: HeardAnswer;
  readonly expect: Expectation;
  readonly mistakes: readonly Mistake[];
}

export type TestKind = NonNullable<PersonaTest['kind']>;

export interface TestOutcome {
  readonly name: string;
  readonly kind?: TestKind;
  readonly passed: boolean;
  readonly answers: readonly CheckedAnswer[];
}

export interface RunTestsOptions {
  readonly port: EnginePort;
  readonly persona: Persona;
  /** Default: the persona's. */
  readonly seed?: number | undefined;
  /** Only tests that have this in their name or lines, in any case. */
  readonly only?: string | undefined;
  readonly onOutcome?: (outcome: TestOutcome) => void;
}

/** @throws EngineError as `EnginePort.countTokens`; what else fails counts as no answer of the model */
export async function runTests(options: RunTestsOptions): Promise<TestOutcome[]> {
  const { persona, only, onOutcome } = options;
  const tests = (persona.tests ?? []).filter(
    (test) => only === undefined || describeTest(test).toLowerCase().includes(only.toLowerCase()),
  );
  const outcomes: TestOutcome[] = [];
  for (const test of tests) {
    const outcome = await runTest(options, test, outcomes.length);
    outcomes.push(outcome);
    onOutcome?.(outcome);
  }
  return outcomes;
}

async function runTest(
  { port, persona, seed }: RunTestsOptions,
  test: PersonaTest,
  index: number,
): Promise<TestOutcome> {
  const character = characterOn(port, {
    persona: withoutCooldowns(persona),
    slot: `test-${index}`,
    readState: (path) => (test.state && Object.hasOwn(test.state, path) ? test.state[path] : undefined),
    ...(seed === undefined ? {} : { seed }),
  });
  const answers: CheckedAnswer[] = [];
  try {
    for (const { say, expect = {} } of stepsOf(test)) {
      const { text, emotion, action, choice, source } = await character.ask(say);
      const [tokens = 0] = await port.countTokens([text]);
      const got = {
        text,
        emotion,
        ...(action ? { action } : {}),
        ...(choice === undefined ? {} : { choice }),
        source,
        tokens,
      };
      answers.push({ said: say, got, expect, mistakes: checkAnswer(persona, got, expect) });
    }
  } finally {
    character.destroy();
  }
  const passed = answers.every(({ mistakes }) => mistakes.length === 0);
  return {
    name: test.name ?? answers[0]!.said,
    ...(test.kind ? { kind: test.kind } : {}),
    passed,
    answers,
  };
}

function stepsOf(test: PersonaTest): readonly { readonly say: string; readonly expect?: Expectation }[] {
  if (test.talk) return test.talk;
  const lines = [test.say].flat();
  return lines.map((say, i) => (i === lines.length - 1 ? { say, expect: test.expect } : { say }));
}

function describeTest(test: PersonaTest): string {
  return [test.name ?? '', ...stepsOf(test).map(({ say }) => say)].join('\n');
}

/** How long an answer takes to compute must not decide whether the next one may act. */
function withoutCooldowns(persona: Persona): Persona {
  if (!persona.actions) return persona;
  return { ...persona, actions: persona.actions.map(({ cooldown: _, ...action }) => action) };
}
