import * as Phaser from 'phaser';
import type { NpcDialogue } from '../phaser/npc-dialogue.js';
import type { PortraitFrame, ResolvedBoxStyle } from './box-style.js';
import type { Rect } from './css-rect.js';
import { Panel } from './panel.js';

const NEUTRAL = 'neutral';

/** A character's face in a frame, changing with its emotion; absent where the character has none. */
export class Portrait {
  readonly objects: readonly Phaser.GameObjects.GameObject[];
  readonly #scene: Phaser.Scene;
  readonly #style: ResolvedBoxStyle;
  readonly #panel: Panel;
  readonly #image: Phaser.GameObjects.Image;
  #npc: NpcDialogue | undefined;
  #present = false;

  constructor(scene: Phaser.Scene, style: ResolvedBoxStyle) {
    this.#scene = scene;
    this.#style = style;
    this.#panel = new Panel(scene, style.portraitPanel);
    this.#image = new Phaser.GameObjects.Image(scene, 0, 0, '__DEFAULT').setVisible(false);
    this.objects = [...this.#panel.objects, this.#image];
  }

  get present(): boolean {
    return this.#present;
  }

  setCharacter(npc: NpcDialogue): void {
    this.#npc = npc;
    this.#present = false;
    this.show(npc.mood || NEUTRAL);
  }

  /** Shows an emotion; one without a picture of its own shows the neutral face. */
  show(emotion: string): void {
    const found = this.#find(emotion) ?? this.#find(NEUTRAL);
    if (!found) return;
    this.#present = true;
    this.#image.setTexture(found.texture, found.frame);
  }

  draw(rect: Rect | undefined): void {
    const shown = this.#present && rect !== undefined;
    this.#panel.setVisible(shown);
    this.#image.setVisible(shown);
    if (!rect) return;
    this.#panel.draw(rect.x, rect.y, rect.width, rect.height);
    const room = rect.width - 2 * (this.#style.portraitPanel.borderWidth + 1);
    const edge = Math.max(this.#image.width, this.#image.height);
    // Whole multiples keep pixel art even; a picture that is larger than the frame is shrunk as it must be.
    const scale = edge <= room ? Math.floor(room / edge) : room / edge;
    this.#image.setScale(scale).setPosition(rect.x + rect.width / 2, rect.y + rect.height / 2);
  }

  #find(emotion: string): PortraitFrame | undefined {
    const npc = this.#npc;
    if (!npc) return undefined;
    const own = this.#style.portrait?.(npc.id, emotion);
    const named = npc.persona.assets?.portraits?.[emotion];
    const frame = own ?? (named === undefined ? undefined : parseFrame(named));
    const texture = frame && this.#scene.textures.exists(frame.texture) ? frame : undefined;
    if (!texture || texture.frame === undefined) return texture;
    return this.#scene.textures.get(texture.texture).has(String(texture.frame)) ? texture : undefined;
  }
}

/** `texture` or `atlas:frame`. */
function parseFrame(name: string): PortraitFrame {
  const colon = name.indexOf(':');
  return colon < 0 ? { texture: name } : { texture: name.slice(0, colon), frame: name.slice(colon + 1) };
}
