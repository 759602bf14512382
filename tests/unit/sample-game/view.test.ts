import { describe, expect, it } from 'vitest';
import { fitView, isUpright, pictureHeight } from '../../../sample-game/view.js';

const SCREENS = [
  { name: 'a desktop', width: 1280, height: 720, ratio: 1 },
  { name: 'a wide desktop', width: 2560, height: 1080, ratio: 1 },
  { name: 'a laptop at 125 %', width: 1536, height: 864, ratio: 1.25 },
  { name: 'an upright phone', width: 390, height: 844, ratio: 3 },
  { name: 'a phone on its side', width: 844, height: 390, ratio: 3 },
  { name: 'a small upright phone', width: 360, height: 640, ratio: 2 },
  { name: 'an upright tablet', width: 768, height: 1024, ratio: 2 },
];

describe('the view', () => {
  it.each(SCREENS)('covers whole pixels of $name with each pixel of art', ({ width, height, ratio }) => {
    const view = fitView(width, height, ratio);
    expect(view.zoom * ratio).toBeCloseTo(Math.round(view.zoom * ratio), 9);
    expect(view.width).toBeGreaterThanOrEqual(isUpright(view) ? 240 : 320);
    expect(pictureHeight(view)).toBeGreaterThanOrEqual(180);
  });

  it('has room for thumbs below the picture of an upright screen, and only there', () => {
    const phone = fitView(390, 844, 3);
    expect(phone.height - pictureHeight(phone)).toBeGreaterThanOrEqual(140);
    const desktop = fitView(1280, 720, 1);
    expect(pictureHeight(desktop)).toBe(desktop.height);
  });
});
