import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rect } from '../../../plugin/ui/css-rect.js';
import {
  chooseSide,
  placeBubble,
  screenToWorld,
  seenEdges,
  worldToScreen,
} from '../../../plugin/ui/view-space.js';

const box = { width: 100, height: 40, fullHeight: 40, tailX: 50, tailHeight: 8, corner: 10, margin: 4 };
const screen = { width: 400, height: 300 };

describe('worldToScreen', () => {
  it('turns the camera formula around exactly', () => {
    const view = { scrollX: 30, scrollY: -20, zoom: 3, width: 400, height: 300, originX: 0.5, originY: 0.5 };
    expect(worldToScreen(view, { x: 30 + 200, y: -20 + 150 })).toEqual({ x: 200, y: 150 });
    expect(worldToScreen(view, { x: 30 + 210, y: -20 + 150 })).toEqual({ x: 230, y: 150 });
    const back = screenToWorld(view, worldToScreen(view, { x: 12.5, y: 99 }));
    expect(back.x).toBeCloseTo(12.5);
    expect(back.y).toBeCloseTo(99);
  });
});

describe('seenEdges', () => {
  const view = { scrollX: 0, scrollY: 0, zoom: 2, width: 400, height: 300, originX: 0.5, originY: 0.5 };
  const sprite = { x: 190, y: 130, width: 20, height: 40 };

  it('is the top and the bottom of a sprite', () => {
    expect(seenEdges(view, sprite)).toEqual({ head: { x: 200, y: 110 }, feet: { x: 200, y: 190 } });
  });

  it('is what is on top on the screen when the camera is turned', () => {
    const { head, feet } = seenEdges({ ...view, rotation: Math.PI / 2 }, sprite);
    expect([head.x, head.y, feet.y].map(Math.round)).toEqual([200, 130, 170]);
  });

  it('turns a point of the screen back to the world', () => {
    const turned = { ...view, scrollX: 70, rotation: 0.7 };
    const back = screenToWorld(turned, worldToScreen(turned, { x: 12.5, y: 99 }));
    expect(back.x).toBeCloseTo(12.5);
    expect(back.y).toBeCloseTo(99);
  });
});

describe('placeBubble', () => {
  it('stands over the speaker with the tail at the speaker', () => {
    const place = placeBubble(screen, { x: 200, y: 150 }, 180, box);
    expect(place).toEqual({ left: 150, top: 102, tailX: 50, below: false, visible: true });
  });

  it('stays inside the view while the tail goes on pointing at the speaker', () => {
    const place = placeBubble(screen, { x: 20, y: 150 }, 180, box);
    expect(place.left).toBe(4);
    expect(place.tailX).toBe(16);
  });

  it('goes below a speaker at the top edge', () => {
    const place = placeBubble(screen, { x: 200, y: 20 }, 50, box);
    expect(place.below).toBe(true);
    expect(place.top).toBe(58);
  });

  it('goes below from the start when it would grow out of the view', () => {
    const grown = { ...box, fullHeight: 90 };
    expect(placeBubble(screen, { x: 200, y: 80 }, 110, grown).below).toBe(true);
    expect(placeBubble(screen, { x: 200, y: 80 }, 110, box).below).toBe(false);
  });

  it('hides when the speaker is out of view', () => {
    expect(placeBubble(screen, { x: -30, y: 100 }, 130, box).visible).toBe(false);
    expect(placeBubble(screen, { x: 30, y: 400 }, 430, box).visible).toBe(false);
  });

  it('never leaves a view it fits into', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 450 }), fc.integer({ min: -50, max: 350 }), (x, y) => {
        const place = placeBubble(screen, { x, y }, y + 30, box);
        expect(place.left).toBeGreaterThanOrEqual(4);
        expect(place.left + box.width).toBeLessThanOrEqual(396);
        expect(place.top).toBeGreaterThanOrEqual(4);
        expect(place.top + box.height).toBeLessThanOrEqual(296);
      }),
    );
  });
});

describe('chooseSide', () => {
  const head = { x: 200, y: 150 };
  const choose = (areas: readonly Rect[], barred?: -1 | 1) =>
    chooseSide(screen, head, 180, box, areas, barred);
  /** What the panel covers there, as left and right. */
  const at = (left: number, right: number, y = 101, height = 40) => ({
    x: left,
    y,
    width: right - left,
    height,
  });

  it('stands above where it covers nothing, and where only a corner is touched', () => {
    expect(choose([])).toEqual({ below: false, reach: 0 });
    expect(choose([{ x: 0, y: 0, width: 154, height: 105 }])).toEqual({ below: false, reach: 0 });
  });

  it('reaches to the side that is free, if it may', () => {
    expect(choose([at(150, 180)])).toEqual({ below: false, reach: 1 });
    expect(choose([at(220, 250)])).toEqual({ below: false, reach: -1 });
    expect(choose([at(220, 250)], -1)).toEqual({ below: true, reach: 0 });
  });

  it('stands below where all above is taken, and beside the player who stands there', () => {
    const panel = { x: 0, y: 0, width: 400, height: 145 };
    expect(choose([panel])).toEqual({ below: true, reach: 0 });
    expect(choose([panel, { x: 160, y: 190, width: 16, height: 24 }])).toEqual({ below: true, reach: 1 });
  });

  it('covers the least where nothing is free', () => {
    const all = { x: 0, y: 0, width: 400, height: 300 };
    expect(choose([all])).toEqual({ below: false, reach: 0 });
    expect(choose([all, at(150, 250)])).toEqual({ below: true, reach: 0 });
  });
});
