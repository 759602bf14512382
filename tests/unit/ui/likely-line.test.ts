import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LikelyLine } from '../../../plugin/ui/likely-line.js';

describe('LikelyLine', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function prepared() {
    const lines: { readonly said: string; readonly signal: AbortSignal }[] = [];
    const listener = {
      prefetch: async (signal: AbortSignal, said: string) => {
        lines.push({ said, signal });
      },
    };
    const likely = new LikelyLine();
    return { lines, likely, type: (text: string) => likely.changed(listener, text) };
  }

  it('prepares what stands there when it rests, and gives up what it no longer is', () => {
    const { lines, type } = prepared();
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
    const { lines, type, likely } = prepared();
    type('  How ');
    vi.advanceTimersByTime(1000);
    type('How much');
    likely.stop();
    vi.advanceTimersByTime(1000);
    expect(lines).toEqual([]);
  });
});
