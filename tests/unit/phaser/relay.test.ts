import { describe, expect, it } from 'vitest';
import type { Utterance, UtteranceEvent, UtteranceResult } from '../../../plugin/dialogue/index.js';
import { relay } from '../../../plugin/phaser/relay.js';

const RESULT: UtteranceResult = { text: 'Aye.', emotion: 'proud', source: 'model', finish: 'done' };

function utterance(events: readonly UtteranceEvent[], result: Promise<UtteranceResult>): Utterance {
  return {
    result,
    // biome-ignore lint/suspicious/noThenProperty: an utterance is awaited like a promise, by contract
    then: result.then.bind(result),
    interrupt: () => undefined,
    async *[Symbol.asyncIterator]() {
      yield* events;
      await result;
    },
  };
}

function sink() {
  const heard: unknown[] = [];
  return {
    heard,
    filler: (text: string, emotion: string) => void heard.push(`${emotion}: ${text}`),
    text: (text: string) => void heard.push(text),
    emotion: (emotion: string) => void heard.push(emotion),
    action: (action: unknown) => void heard.push(action),
    done: (result: unknown) => void heard.push(result),
  };
}

describe('relay', () => {
  it('passes on every event in order, then the result', async () => {
    const action = { name: 'give', params: { item: 'eel' } };
    const heard = sink();
    const events: UtteranceEvent[] = [
      { type: 'filler', text: 'Hm.', emotion: 'neutral' },
      { type: 'emotion', emotion: 'proud' },
      { type: 'text', text: 'Aye.' },
      { type: 'action', action },
    ];
    await relay(utterance(events, Promise.resolve(RESULT)), heard);
    expect(heard.heard).toEqual(['neutral: Hm.', 'proud', 'Aye.', action, RESULT]);
  });

  it("ends quietly when the caller's own signal ended the line", async () => {
    const aborted = Promise.reject(new DOMException('stop', 'AbortError'));
    const heard = sink();
    await relay(utterance([{ type: 'text', text: 'Ay' }], aborted), heard);
    expect(heard.heard).toEqual(['Ay', undefined]);
  });
});
