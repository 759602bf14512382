import type { ChoiceListStyle } from './choice-list.js';
import type { CornerButtonStyle } from './corner-buttons.js';
import type { Rect } from './css-rect.js';
import type { DialogueInputOptions } from './dialogue-input.js';
import { type FaceStyle, type PanelStyle, type Theme, themeBase } from './theme.js';
import { isTouch } from './touch.js';

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
  readonly buttonPanel?: Partial<PanelStyle>;
  /**
   * Buttons over the box's corner, one that ends the talk and one that scrolls back, and one that sends beside the field.
   * Default true.
   */
  readonly buttons?: boolean;
  /** Edge of a button in pixels; on touch screens there is room for a finger around it. Default 26. */
  readonly buttonSize?: number;
  /** What the player is called in what was said before. Default 'You'. */
  readonly you?: string;
  /** Pages, and lines of a script, follow each other once there was time to read them. Default false. */
  readonly autoAdvance?: boolean;
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
  /**
   * Where the panel stands, in pixels of the view, in place of along its bottom: on a board below the picture of an
   * upright screen, say. Text is at its top, the field at its bottom, choices are between. Asked at each layout; where it
   * is undefined or too small, and while a touch keyboard covers some of the view, the panel stands along the bottom.
   */
  readonly area?: () => Rect | undefined;
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
      | 'buttonPanel'
      | 'buttonSize'
      | 'portrait'
      | 'area'
    >
  > {
  readonly face: FaceStyle;
  readonly nameFace: FaceStyle;
  readonly panel: PanelStyle;
  readonly namePanel: PanelStyle;
  readonly portraitPanel: PanelStyle;
  readonly portrait: BoxStyle['portrait'];
  readonly area?: BoxStyle['area'];
  readonly choices: ChoiceListStyle;
  readonly corner: CornerButtonStyle;
}

/** Parts of which a theme and a box may each say something. */
type PartName =
  | 'face'
  | 'nameFace'
  | 'choiceFace'
  | 'panel'
  | 'namePanel'
  | 'choicePanel'
  | 'selectedChoicePanel'
  | 'portraitPanel'
  | 'buttonPanel'
  | 'input';

export function boxStyle(own: BoxStyle = {}, theme: Theme = {}): ResolvedBoxStyle {
  const { colors, face: themeFace, panel: themePanel } = themeBase(theme);
  const style: BoxStyle = { ...theme.box, ...own };
  const part = <K extends PartName>(name: K) =>
    ({ ...theme.box?.[name], ...own[name] }) as NonNullable<BoxStyle[K]>;
  const { choicePadding = 12, buttonSize = 26, portrait } = style;
  const face: FaceStyle = { ...themeFace, fontSize: 18, lineSpacing: 4, ...theme.face, ...part('face') };
  const panel: PanelStyle = { ...themePanel, ...part('panel') };
  const plain = { ...themePanel, fill: colors.plate, shadowAlpha: 0, radius: 7 };
  const plate: PanelStyle = { ...plain, ...theme.panel, fill: colors.plate, ...part('namePanel') };
  const nameFace: FaceStyle = { ...themeFace, color: colors.plateInk, ...part('nameFace') };
  const rows = { ...panel, radius: Math.min(8, panel.radius), ...part('choicePanel') };
  return {
    portraitSize: 104,
    maxWidth: 760,
    maxLines: 3,
    margin: 12,
    padding: 14,
    freeText: true,
    suggest: false,
    autoFocus: !isTouch(),
    inputHeight: 30,
    graphemesPerSecond: 45,
    depth: 20_000,
    buttons: true,
    you: 'You',
    autoAdvance: false,
    ...style,
    face,
    panel,
    portrait,
    input: {
      background: translucent(face.color, 0.1),
      color: face.color,
      fontFamily: face.fontFamily,
      fontSize: Math.min(16, face.fontSize),
      sendButton: style.buttons ?? true,
      ...part('input'),
    },
    nameFace,
    namePanel: plate,
    portraitPanel: {
      ...themePanel,
      fill: colors.well,
      shadowAlpha: 0,
      radius: Math.min(8, panel.radius),
      ...part('portraitPanel'),
    },
    choices: {
      face: { ...face, fontSize: theme.face?.fontSize ?? 16, ...part('choiceFace') },
      panel: rows,
      selectedPanel: { ...rows, fill: colors.chosen, ...part('selectedChoicePanel') },
      padding: choicePadding,
      maxWidth: 420,
      gap: Math.round(choicePadding / 2),
    },
    corner: {
      panel: { ...plate, ...part('buttonPanel') },
      color: nameFace.color,
      size: buttonSize,
    },
  };
}

function translucent(color: number, alpha: number): string {
  return `rgb(${color >> 16} ${(color >> 8) & 255} ${color & 255} / ${alpha})`;
}
