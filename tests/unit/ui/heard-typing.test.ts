import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HeardTyping } from '../../../plugin/ui/heard-typing.js';

describe('HeardTyping', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function heard() {
    const lines: { readonly said: string; readonly signal: AbortSignal }[] = [];
    const listener = {
      prefetch: async (signal: AbortSignal, said: string) => {
        lines.push({ said, signal });
      },
    };
    const typing = new HeardTyping();
    return { lines, typing, type: (text: string) => typing.changed(listener, text) };
  }

  it('prepares what stands there when the typing rests, and gives up what it no longer is', () => {
    const { lines, type } = heard();
    type('How much');
    vi.advanceTimersByTime(100);
    type('How much for');
    vi.advanceTimersByTime(1000);
    type('How much for an eel?');
    expect(lines.map(({ said, signal }) => [said, signal.aborted])).toEqual([['How much for', true]]);
    vi.advanceTimersByTime(1000);
    expect(lines.at(-1)).toMatchObject({ said: 'How much for an eel?', signal: { aborted: false } });
  });

  it('prepares nothing for a few letters, and nothing once the line is said', () => {
    const { lines, type, typing } = heard();
    type('  How ');
    vi.advanceTimersByTime(1000);
    type('How much');
    typing.stop();
    vi.advanceTimersByTime(1000);
    expect(lines).toEqual([]);
  });
});
