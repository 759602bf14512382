/** Two looks of the same bubble and box; docs/ui.md shows both. */
import type { Theme } from 'phaser-parley';

/** The player's own font on dark glass. */
export const DARK: Theme = {
  colors: {
    paper: 0x14181f,
    ink: 0xe8edf2,
    line: 0x3a4654,
    plate: 0x2d7ff9,
    plateInk: 0xffffff,
    chosen: 0x22436f,
    well: 0x0b0e13,
  },
  face: { fontFamily: 'system-ui, sans-serif', fontSize: 17, lineSpacing: 4 },
  panel: { borderWidth: 1, radius: 14, shadowAlpha: 0.35, fillAlpha: 0.96 },
  bubble: { padding: 12, maxWidth: 240 },
};

const slice = (frame: string, edge: number, tail?: string) => ({
  shadowAlpha: 0,
  borderWidth: 0,
  fillAlpha: 1,
  nineSlice: {
    texture: 'ui',
    frame,
    left: edge,
    right: edge,
    top: edge,
    bottom: edge,
    scale: 2,
    ...(tail === undefined ? {} : { tail }),
  },
});

/** A pixel font and panels from a texture, twice as large as they are drawn. */
export const PIXEL: Theme = {
  colors: { paper: 0x261d40, ink: 0xf8e1b6, plateInk: 0xfbca5a, chosen: 0x6b3f3a },
  face: { bitmapFont: 'saltmere', fontFamily: 'monospace', fontSize: 28, lineSpacing: 0 },
  bubble: { face: { color: 0x261d40 }, panel: slice('bubble', 9, 'bubble-tail'), padding: 14, maxWidth: 320 },
  box: {
    panel: slice('panel-wood', 13),
    namePanel: slice('name-plate', 8),
    portraitPanel: slice('portrait-frame', 10),
    choicePanel: slice('button-up', 7),
    selectedChoicePanel: slice('button-hover', 7),
    buttonPanel: slice('button-up', 7),
    padding: 18,
    buttonSize: 36,
    portraitSize: 120,
    input: { background: 'rgb(23 18 43 / 0.85)', color: 0xfff4d8 },
  },
};
