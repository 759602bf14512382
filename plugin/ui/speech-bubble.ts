import * as Phaser from 'phaser';
import type { ParleyPlugin } from '../phaser/parley-plugin.js';
import { parleyOf } from '../phaser/plugin-key.js';
import type { Rect } from './css-rect.js';
import { FaceText } from './face-text.js';
import { onEachFrame } from './frames.js';
import type { LineView } from './line-view.js';
import { isStill } from './motion.js';
import { Panel } from './panel.js';
import { Press } from './press.js';
import { readingMs } from './reading-time.js';
import { type BubbleStyle, bubbleStyle, type ResolvedBubbleStyle } from './theme.js';
import { ThinkingDots } from './thinking-dots.js';
import { TypedText } from './typed-text.js';
import {
  type BubbleBox,
  chooseSide,
  placeBubble,
  screenToWorld,
  seenEdges,
  USUAL_SIDE,
  type View,
  viewOf,
} from './view-space.js';

/** What a bubble can hang over. */
export type Speaker = Phaser.GameObjects.GameObject & {
  getBounds(output?: Phaser.Geom.Rectangle): Phaser.Geom.Rectangle;
};

/** `waiting`: dots; `speaking`: words are typed; `reading`: all is typed; `fading`: about to be hidden. */
export type BubbleState = 'hidden' | 'waiting' | 'speaking' | 'reading' | 'fading';

const TAIL_HEIGHT = 9;
const MARGIN = 4;
/**
 * Where the tail stands while more words may come, from the side that the text begins on: the bubble then grows to the
 * other side and no word moves.
 */
const STREAMING_TAIL_X = 30;
/** An authored line comes at once: dots would only flash. */
const DOTS_AFTER_MS = 120;
const FADE_MS = 220;
const EASE_MS = 45;
/** How much faster a line is typed while the bubble is held. */
const HOLD_TURBO = 6;

/** A bubble over a sprite that types out what it says. */
export class SpeechBubble implements LineView {
  /** The bubble's display objects; for cameras that should ignore it. */
  readonly container: Phaser.GameObjects.Container;
  readonly #scene: Phaser.Scene;
  readonly #speaker: Speaker;
  readonly #style: ResolvedBubbleStyle;
  readonly #face: FaceText;
  readonly #panel: Panel;
  readonly #dots: ThinkingDots;
  readonly #parley: ParleyPlugin;
  readonly #press: Press;
  readonly #bounds = new Phaser.Geom.Rectangle();
  readonly #offs: (() => void)[];
  #typed!: TypedText;
  #state: BubbleState = 'hidden';
  #stateMs = 0;
  #ended = false;
  /** Tells who waits that the line was read, or that another one begins. */
  #read: (() => void) | undefined;
  #turbo = 1;
  /** Chosen when the first words come: the middle for a whole line, near the edge where it begins for a stream. */
  #tailX = STREAMING_TAIL_X;
  /** Chosen when the line begins: a bubble that changes sides cannot be read. */
  #side = USUAL_SIDE;
  #width = 0;
  #height = 0;

  constructor(scene: Phaser.Scene, speaker: Speaker, style?: BubbleStyle) {
    this.#scene = scene;
    this.#speaker = speaker;
    this.#parley = parleyOf(scene.sys.game);
    this.#style = bubbleStyle(style, this.#parley.theme);
    this.#face = new FaceText(scene, this.#style.face);
    this.#panel = new Panel(scene, this.#style.panel);
    this.#dots = new ThinkingDots(scene, this.#style.face.color, () => this.#still);
    this.container = scene.add
      .container(0, 0, [...this.#panel.objects, ...this.#face.objects, this.#dots.object])
      .setDepth(this.#style.depth)
      .setVisible(false);
    this.#press = new Press(scene, { area: () => this.area, tap: () => this.skip() });
    const camera = scene.cameras.main;
    const follow = () => this.#place();
    // The camera moves while it renders: placed only in the step, a clamped bubble would lag a frame behind.
    camera.on(Phaser.Cameras.Scene2D.Events.FOLLOW_UPDATE, follow);
    this.#offs = [
      onEachFrame(scene, (delta) => this.#advance(delta)),
      () => camera.off(Phaser.Cameras.Scene2D.Events.FOLLOW_UPDATE, follow),
    ];
    this.#reset();
  }

  get state(): BubbleState {
    return this.#state;
  }

  /** What is on the screen now, without line breaks. */
  get shownText(): string {
    return this.#state === 'hidden' ? '' : this.#face.shown.replaceAll('\n', ' ');
  }

  begin(): void {
    this.#read?.();
    this.#reset();
    this.#enter('waiting');
    // Who spoke last is read first.
    this.#scene.children.bringToTop(this.container);
  }

  emotion(): void {
    // A bubble shows no face; the portrait of a dialogue box does.
  }

  text(words: string): void {
    this.#typed.append(words);
    if (this.#state !== 'speaking' && this.#typed.text !== '') this.#enter('speaking');
  }

  end(): void {
    this.#ended = true;
    if (this.#typed.text === '') this.clear();
  }

  whenRead(): Promise<void> {
    if (this.#state === 'hidden') return Promise.resolve();
    return new Promise((resolve) => {
      this.#read = resolve;
    });
  }

  clear(): void {
    this.#reset();
    this.#enter('hidden');
  }

  /** Shows the rest of the line at once; a line that stands already goes away. */
  skip(): void {
    if (this.#state === 'speaking') this.#typed.finish();
    else if (this.#state === 'reading') this.#enter('fading');
  }

  /** Multiplies the typing speed, e.g. while a key is held; 1 is normal. */
  setTurbo(factor: number): void {
    this.#turbo = factor;
  }

  destroy(): void {
    for (const off of this.#offs) off();
    this.#press.destroy();
    this.container.destroy();
  }

  get #still(): boolean {
    return isStill(this.#parley.reducedMotion);
  }

  #reset(): void {
    const { maxWidth, graphemesPerSecond } = this.#style;
    this.#typed = new TypedText({
      lineWidth: maxWidth,
      measure: this.#face.measure,
      fit: this.#face.fit,
      font: () => this.#face.font,
      graphemesPerSecond,
    });
    this.#ended = false;
    this.#width = 0;
    this.#height = 0;
    this.#face.show('');
  }

  #enter(state: BubbleState): void {
    if (state === 'speaking' && this.#state !== 'speaking') this.#width = this.#height = 0;
    this.#state = state;
    this.#stateMs = 0;
    this.container.setVisible(false).setAlpha(1);
    if (state === 'fading' || state === 'hidden') this.#read?.();
  }

  #advance(deltaMs: number): void {
    if (this.#state === 'hidden') return;
    this.#stateMs += deltaMs;
    this.#dots.setVisible(this.#state === 'waiting');
    switch (this.#state) {
      case 'waiting':
        if (this.#stateMs < DOTS_AFTER_MS) return;
        break;
      case 'speaking':
        this.#press.update(deltaMs);
        this.#typed.speed = this.#still ? Number.POSITIVE_INFINITY : this.#parley.textSpeed;
        this.#typed.turbo = this.#turbo * (this.#press.held ? HOLD_TURBO : 1);
        this.#typed.advance(deltaMs);
        if (this.#ended && this.#typed.caughtUp) this.#enter('reading');
        break;
      case 'reading':
        if (this.#stateMs >= readingMs(this.#typed.text)) this.#enter('fading');
        break;
      case 'fading':
        if (this.#still || this.#stateMs >= FADE_MS) {
          this.clear();
          return;
        }
        this.container.setAlpha(1 - this.#stateMs / FADE_MS);
    }
    this.#layOut(deltaMs);
    this.#place();
  }

  /** Sizes the panel for all words that arrived, typed or not. */
  #layOut(deltaMs: number): void {
    const { padding, maxLines } = this.#style;
    const { lines } = this.#typed;
    const speaking = lines.length > 0;
    const textWidth = speaking ? this.#typed.width : ThinkingDots.width;
    const lineCount = Math.max(1, Math.min(lines.length, maxLines));
    const width = Math.ceil(textWidth) + 2 * padding;
    const height = this.#heightOf(lineCount);
    if (this.#width === 0 || this.#still) {
      this.#width = width;
      this.#height = height;
      this.#tailX = this.#ended || !speaking ? width / 2 : Math.min(STREAMING_TAIL_X, width / 2);
      this.#side = this.#chooseSide();
    } else {
      const share = 1 - Math.exp(-deltaMs / EASE_MS);
      this.#width = approach(this.#width, width, share);
      this.#height = approach(this.#height, height, share);
    }
    if (speaking) {
      const first = Math.max(0, Math.min(this.#typed.currentLine, lines.length - 1) - maxLines + 1);
      this.#face.show(this.#typed.window(first, maxLines));
    } else {
      this.#dots.draw(padding, this.#height / 2 + 1, deltaMs);
    }
    this.#face.place(padding, padding, Math.round(this.#width) - 2 * padding);
  }

  /** Where the bubble is seen, in pixels of the camera's view; undefined while it is not. */
  get area(): Rect | undefined {
    return this.container.visible ? this.#place() : undefined;
  }

  #heightOf(lineCount: number): number {
    const { padding, face } = this.#style;
    return Math.ceil(lineCount * this.#face.lineHeight - face.lineSpacing) + 2 * padding;
  }

  /** @returns where the panel is then, in pixels of the view */
  #place(): Rect | undefined {
    if (this.#state === 'hidden' || this.#width === 0) return undefined;
    const view = viewOf(this.#scene.cameras.main);
    const { scale, head, feetY } = this.#speakerSeen(view);
    const width = Math.round(this.#width);
    const height = Math.round(this.#height);
    const box = this.#boxOf(width, height, scale);
    const place = placeBubble(view, head, feetY, box, this.#side);
    const corner = screenToWorld(view, { x: place.left, y: place.top });
    this.#panel.draw(0, 0, width, height, {
      x: Math.round(place.tailX / scale),
      height: TAIL_HEIGHT,
      up: place.below,
    });
    this.#face.setResolution(scale);
    this.container
      .setPosition(corner.x, corner.y)
      .setScale(scale / view.zoom)
      .setRotation(-view.rotation)
      .setDepth(this.#style.depth)
      .setVisible(place.visible);
    return { x: place.left, y: place.top, width: box.width, height: box.height };
  }

  /** As much room as the line may take. */
  #chooseSide() {
    const { maxWidth, maxLines, padding } = this.#style;
    const view = viewOf(this.#scene.cameras.main);
    const { scale, head, feetY } = this.#speakerSeen(view);
    const streams = this.#state === 'speaking' && !this.#ended;
    const box = streams
      ? this.#boxOf(maxWidth + 2 * padding, this.#heightOf(maxLines), scale)
      : this.#boxOf(this.#width, this.#height, scale);
    const areas = this.#scene.parley.areasToKeepClear(view, this);
    const begins = this.#face.direction === 'rtl' ? 1 : -1;
    return chooseSide(view, head, feetY, box, areas, streams ? begins : undefined);
  }

  /** Where the speaker is seen, and how many pixels of the screen one of the style is. */
  #speakerSeen(view: View) {
    const { space, offsetY } = this.#style;
    const scale = space === 'world' ? view.zoom : 1;
    const { head, feet } = seenEdges(view, this.#speaker.getBounds(this.#bounds));
    return { scale, head: { x: head.x, y: head.y - offsetY * scale }, feetY: feet.y + offsetY * scale };
  }

  /** A panel of this size in pixels of the style, as it is placed on the screen. */
  #boxOf(width: number, height: number, scale: number): BubbleBox {
    const { panel, maxLines } = this.#style;
    return {
      width: width * scale,
      height: height * scale,
      fullHeight: (this.#ended ? height : this.#heightOf(maxLines)) * scale,
      tailX: (this.#face.direction === 'rtl' ? width - this.#tailX : this.#tailX) * scale,
      tailHeight: TAIL_HEIGHT * scale,
      corner: Math.min(panel.radius + 8, width / 2) * scale,
      margin: MARGIN,
    };
  }
}

/** Ends on the target, so that the panel is not drawn again for ever. */
function approach(value: number, target: number, share: number): number {
  const next = value + (target - value) * share;
  return Math.abs(next - target) < 0.5 ? target : next;
}
