import type { ChoiceListStyle } from './choice-list.js';
import type { DialogueInputOptions } from './dialogue-input.js';
import { DEFAULT_FACE, DEFAULT_PANEL, type FaceStyle, type PanelStyle } from './theme.js';

/** Names a portrait: a texture, or a frame of one. */
export interface PortraitFrame {
  readonly texture: string;
  readonly frame?: string | number;
}

export interface BoxStyle {
  readonly face?: Partial<FaceStyle>;
  readonly nameFace?: Partial<FaceStyle>;
  readonly panel?: Partial<PanelStyle>;
  readonly namePanel?: Partial<PanelStyle>;
  readonly choiceFace?: Partial<FaceStyle>;
  readonly choicePanel?: Partial<PanelStyle>;
  readonly selectedChoicePanel?: Partial<PanelStyle>;
  readonly portraitPanel?: Partial<PanelStyle>;
  /** Pixels between a choice's text and its border; choices stand half of it apart. Default 12. */
  readonly choicePadding?: number;
  /**
   * The portrait of a character in a mood. Default: what the persona's `assets.portraits` names, as `texture` or
   * `atlas:frame`, for the emotion or else for `neutral`.
   */
  readonly portrait?: (characterId: string, emotion: string) => PortraitFrame | undefined;
  /** Edge of the portrait in pixels. Default 104: room for pixel art of 48 twice as large. */
  readonly portraitSize?: number;
  /** Default 760. */
  readonly maxWidth?: number;
  /** Lines of a page. Default 3. */
  readonly maxLines?: number;
  /** Pixels to the edge of the screen. Default 12. */
  readonly margin?: number;
  /** Default 14. */
  readonly padding?: number;
  /** A field for free text. Default true. */
  readonly freeText?: boolean;
  /**
   * Lines that the model suggests, where no authored choice is open. Default false: they cost the work of an answer
   * after each turn.
   */
  readonly suggest?: boolean;
  /** Whether the field takes the focus when the box opens. Default: not on touch screens, where a keyboard would open. */
  readonly autoFocus?: boolean;
  /** Default 30. */
  readonly inputHeight?: number;
  readonly input?: Omit<DialogueInputOptions, 'place'>;
  /** Typing speed. Default 45; `Infinity` shows whole words at once. */
  readonly graphemesPerSecond?: number;
  /** Default 20000. */
  readonly depth?: number;
}

export interface ResolvedBoxStyle
  extends Required<
    Omit<
      BoxStyle,
      | 'face'
      | 'nameFace'
      | 'panel'
      | 'namePanel'
      | 'choiceFace'
      | 'choicePanel'
      | 'choicePadding'
      | 'selectedChoicePanel'
      | 'portraitPanel'
      | 'portrait'
    >
  > {
  readonly face: FaceStyle;
  readonly nameFace: FaceStyle;
  readonly panel: PanelStyle;
  readonly namePanel: PanelStyle;
  readonly portraitPanel: PanelStyle;
  readonly portrait: BoxStyle['portrait'];
  readonly choices: ChoiceListStyle;
}

const INK = 0x3b3048;
const PAPER = 0xfff8ec;

export function boxStyle(style: BoxStyle = {}): ResolvedBoxStyle {
  const { choiceFace, choicePanel, selectedChoicePanel, choicePadding = 12, portrait, ...rest } = style;
  const face = { ...DEFAULT_FACE, fontSize: 18, lineSpacing: 4, ...style.face };
  const panel = { ...DEFAULT_PANEL, ...style.panel };
  const rows = { ...panel, radius: 8, ...choicePanel };
  return {
    portraitSize: 104,
    maxWidth: 760,
    maxLines: 3,
    margin: 12,
    padding: 14,
    freeText: true,
    suggest: false,
    autoFocus: !globalThis.matchMedia?.('(pointer: coarse)').matches,
    inputHeight: 30,
    graphemesPerSecond: 45,
    depth: 20_000,
    ...rest,
    face,
    panel,
    portrait,
    input: { background: 'rgb(59 48 72 / 0.1)', color: face.color, ...style.input },
    nameFace: { ...DEFAULT_FACE, color: PAPER, ...style.nameFace },
    namePanel: { ...DEFAULT_PANEL, fill: INK, shadowAlpha: 0, radius: 7, ...style.namePanel },
    portraitPanel: { ...DEFAULT_PANEL, fill: 0xe9dcc6, shadowAlpha: 0, radius: 8, ...style.portraitPanel },
    choices: {
      face: { ...face, fontSize: 16, ...choiceFace },
      panel: rows,
      selectedPanel: { ...rows, fill: 0xffe2a3, ...selectedChoicePanel },
      padding: choicePadding,
      maxWidth: 420,
      gap: Math.round(choicePadding / 2),
    },
  };
}
