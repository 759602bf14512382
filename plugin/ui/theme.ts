import type { BoxStyle } from './box-style.js';

/** How text is drawn: with a web font, or with a bitmap font that the game loaded. */
export interface FaceStyle {
  /** Key of a loaded bitmap font; then `fontSize` is best a whole multiple of the font's own size. */
  readonly bitmapFont?: string;
  readonly fontFamily: string;
  /** Pixels. */
  readonly fontSize: number;
  /** `0xRRGGBB`. */
  readonly color: number;
  /** Pixels between lines. */
  readonly lineSpacing: number;
}

export interface NineSliceStyle {
  readonly texture: string;
  readonly frame?: string | number;
  /** Widths of the borders that do not stretch, in pixels of the texture. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Pixels of the screen for one of the texture. Default 1. */
  readonly scale?: number;
  /** Frame of the same texture for a bubble's tail, pointing down; default a drawn triangle. */
  readonly tail?: string | number;
}

/** How a panel is drawn: rounded with a border, or from a texture. */
export interface PanelStyle {
  readonly fill: number;
  readonly fillAlpha: number;
  readonly border: number;
  /** Pixels; 0 is none. */
  readonly borderWidth: number;
  readonly radius: number;
  /** Opacity of the shadow below; 0 is none. */
  readonly shadowAlpha: number;
  readonly nineSlice?: NineSliceStyle;
}

export interface BubbleStyle {
  readonly face?: Partial<FaceStyle>;
  readonly panel?: Partial<PanelStyle>;
  /** Widest text, in pixels. Default 220. */
  readonly maxWidth?: number;
  /** Lines shown at once; a longer text scrolls. Default 4. */
  readonly maxLines?: number;
  /** Pixels between text and border. Default 10. */
  readonly padding?: number;
  /** Pixels between the sprite's top and the tail. Default 4. */
  readonly offsetY?: number;
  /** Typing speed. Default 45; `Infinity` shows whole words at once. */
  readonly graphemesPerSecond?: number;
  /**
   * What a pixel is: of the screen, so that bubbles keep their size whatever the camera's zoom (default), or of the
   * world, so that they grow with it. Text is drawn at the final resolution either way.
   */
  readonly space?: 'screen' | 'world';
  /** Default 10000. */
  readonly depth?: number;
}

/** The few colours that a look is made of, `0xRRGGBB`. */
export interface ThemeColors {
  /** Of bubbles, the box and choices. */
  readonly paper: number;
  /** Of what is read on paper. */
  readonly ink: number;
  /** Of borders. */
  readonly line: number;
  /** Of the name plate and the buttons. */
  readonly plate: number;
  readonly plateInk: number;
  /** Of the choice that Enter picks. */
  readonly chosen: number;
  /** Behind portraits. */
  readonly well: number;
}

/**
 * One look for all bubbles and boxes of a game: `theme` of the plugin's options, or `parley.theme` for what is made from
 * then on. A style that is given to one bubble or box comes before it.
 */
export interface Theme {
  readonly colors?: Partial<ThemeColors>;
  /** Of all text. */
  readonly face?: Partial<FaceStyle>;
  /** Of all panels. */
  readonly panel?: Partial<PanelStyle>;
  /** Of bubbles only. */
  readonly bubble?: BubbleStyle;
  /** Of boxes only. */
  readonly box?: BoxStyle;
}

export interface ResolvedBubbleStyle extends Required<Omit<BubbleStyle, 'face' | 'panel'>> {
  readonly face: FaceStyle;
  readonly panel: PanelStyle;
}

export const DEFAULT_FACE: FaceStyle = {
  fontFamily: 'ui-rounded, "Segoe UI", system-ui, sans-serif',
  fontSize: 16,
  color: 0x2b2433,
  lineSpacing: 2,
};

export const DEFAULT_PANEL: PanelStyle = {
  fill: 0xfff8ec,
  fillAlpha: 0.97,
  border: 0x3b3048,
  borderWidth: 2,
  radius: 10,
  shadowAlpha: 0.22,
};

export const DEFAULT_COLORS: ThemeColors = {
  paper: DEFAULT_PANEL.fill,
  ink: DEFAULT_FACE.color,
  line: DEFAULT_PANEL.border,
  plate: 0x3b3048,
  plateInk: 0xfff8ec,
  chosen: 0xffe2a3,
  well: 0xe9dcc6,
};

/** What a theme says of all text, panels and colours. */
export function themeBase({ colors, face, panel }: Theme): {
  readonly colors: ThemeColors;
  readonly face: FaceStyle;
  readonly panel: PanelStyle;
} {
  const all = { ...DEFAULT_COLORS, ...colors };
  return {
    colors: all,
    face: { ...DEFAULT_FACE, color: all.ink, ...face },
    panel: { ...DEFAULT_PANEL, fill: all.paper, border: all.line, ...panel },
  };
}

export function bubbleStyle(style: BubbleStyle = {}, theme: Theme = {}): ResolvedBubbleStyle {
  const base = themeBase(theme);
  return {
    maxWidth: 220,
    maxLines: 4,
    padding: 10,
    offsetY: 4,
    graphemesPerSecond: 45,
    space: 'screen',
    depth: 10_000,
    ...theme.bubble,
    ...style,
    face: { ...base.face, ...theme.bubble?.face, ...style.face },
    panel: { ...base.panel, ...theme.bubble?.panel, ...style.panel },
  };
}

/** `0xRRGGBB` as CSS and canvas text want it. */
export function cssColor(color: number): string {
  return `#${color.toString(16).padStart(6, '0')}`;
}
