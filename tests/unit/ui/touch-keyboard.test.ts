import { describe, expect, it } from 'vitest';
import { keyboardTop } from '../../../plugin/ui/touch-keyboard.js';

describe('keyboardTop', () => {
  it('is where the keyboard begins, in the window', () => {
    expect(keyboardTop({ height: 480, offsetTop: 0, scale: 1 }, 844)).toBe(480);
    expect(keyboardTop({ height: 480, offsetTop: 60, scale: 1 }, 844)).toBe(540);
  });

  it('takes neither a bar of the browser nor a page that is zoomed into for a keyboard', () => {
    expect(keyboardTop({ height: 790, offsetTop: 0, scale: 1 }, 844)).toBeUndefined();
    expect(keyboardTop({ height: 422, offsetTop: 100, scale: 2 }, 844)).toBeUndefined();
    expect(keyboardTop(undefined, 844)).toBeUndefined();
  });
});
