/** One look for everything that is read: the pixel font and the wooden panels of `assets/sprites/ui.png`. */
import type { BoxStyle, BubbleStyle, FaceStyle, NineSliceStyle } from 'phaser-parley';

export const COLORS = {
  ink: 0x261d40,
  text: 0xf8e1b6,
  bright: 0xfff4d8,
  muted: 0x957b9c,
  name: 0xfbca5a,
} as const;

const FACE: FaceStyle = {
  bitmapFont: 'saltmere',
  fontFamily: 'monospace',
  fontSize: 14,
  color: COLORS.text,
  lineSpacing: 0,
};

/** Borders of a frame of the interface sheet that do not stretch. */
function slice(frame: string, left: number, right: number, top: number, bottom: number): NineSliceStyle {
  return { texture: 'ui', frame, left, right, top, bottom };
}

const PLAIN = { shadowAlpha: 0, borderWidth: 0, radius: 0 };

export const BUBBLE_STYLE: BubbleStyle = {
  face: { ...FACE, color: COLORS.ink },
  panel: {
    ...PLAIN,
    fill: 0xfff4d8,
    fillAlpha: 1,
    border: COLORS.ink,
    nineSlice: { ...slice('bubble', 9, 9, 9, 9), tail: 'bubble-tail' },
  },
  maxWidth: 150,
  maxLines: 4,
  padding: 7,
  offsetY: 2,
  graphemesPerSecond: 42,
};

export const BOX_STYLE: BoxStyle = {
  face: FACE,
  nameFace: { ...FACE, color: COLORS.name },
  panel: { ...PLAIN, fill: COLORS.ink, fillAlpha: 1, nineSlice: slice('panel-wood', 13, 13, 13, 13) },
  namePanel: { ...PLAIN, fill: COLORS.ink, fillAlpha: 1, nineSlice: slice('name-plate', 8, 8, 8, 8) },
  portraitPanel: {
    ...PLAIN,
    fill: COLORS.ink,
    fillAlpha: 1,
    nineSlice: slice('portrait-frame', 10, 10, 10, 10),
  },
  choiceFace: FACE,
  choicePanel: { ...PLAIN, fill: COLORS.ink, fillAlpha: 1, nineSlice: slice('button-up', 6, 6, 6, 7) },
  selectedChoicePanel: {
    ...PLAIN,
    fill: COLORS.ink,
    fillAlpha: 1,
    nineSlice: slice('button-hover', 6, 6, 6, 7),
  },
  portrait: (id, emotion) => ({ texture: 'portraits', frame: `${id}-${MOODS[emotion] ?? 'neutral'}` }),
  portraitSize: 58,
  choicePadding: 6,
  maxWidth: 312,
  maxLines: 3,
  margin: 4,
  padding: 8,
  inputHeight: 15,
  graphemesPerSecond: 42,
  input: {
    background: 'rgb(23 18 43 / 0.85)',
    color: COLORS.bright,
    fontFamily: 'saltmere, monospace',
    fontSize: 14,
  },
};

/** The six drawn moods for the twelve labels. */
const MOODS: Readonly<Record<string, string>> = {
  neutral: 'neutral',
  happy: 'happy',
  proud: 'happy',
  amused: 'happy',
  tender: 'happy',
  sad: 'sad',
  tired: 'sad',
  angry: 'angry',
  afraid: 'surprised',
  surprised: 'surprised',
  suspicious: 'suspicious',
  curious: 'suspicious',
};

/** The text field has square corners and the brass of the frames. */
export const FIELD_STYLE: Partial<CSSStyleDeclaration> = {
  borderRadius: '0',
  // A whole number of the font's pixels.
  padding: '0 0.5em',
  boxShadow: 'inset 0 0 0 2px #6b3f3a',
  outline: 'none',
  caretColor: '#fbca5a',
};
