import { describe, expect, it } from 'vitest';
import { cssRect } from '../../../plugin/ui/css-rect.js';

describe('cssRect', () => {
  it('scales game pixels with the canvas and counts from the container', () => {
    const rect = cssRect(
      { x: 10, y: 20, width: 100, height: 16 },
      { width: 320, height: 180 },
      { x: 50, y: 30, width: 960, height: 540 },
      { x: 40, y: 0 },
    );
    expect(rect).toEqual({ x: 40, y: 90, width: 300, height: 48 });
  });
});
