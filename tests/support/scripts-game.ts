/** The page of the scripts test: one character, in one language after another, in a bubble and in a dialogue box. */
import * as Phaser from 'phaser';
import { DialogueBox, type NpcDialogue, ParleyPlugin, parsePersona, SpeechBubble } from 'phaser-parley';
import { SCRIPTS_PERSONA } from './scripts-persona.js';

const query = new URLSearchParams(location.search);
const face = query.has('pixel') ? { bitmapFont: 'pixel', fontSize: 14 } : {};
const persona = parsePersona(SCRIPTS_PERSONA);

class Room extends Phaser.Scene {
  /** Speaks a whole line. */
  spoken!: NpcDialogue;
  /** Is given a line in pieces. */
  bubble!: SpeechBubble;
  box!: DialogueBox;
  boxed!: NpcDialogue;

  preload(): void {
    this.load.bitmapFont('pixel', 'assets/fonts/saltmere.png', 'assets/fonts/saltmere.fnt');
  }

  create(): void {
    window.room = this;
  }

  /** Everything anew in a language; both characters greet. */
  speak(locale: string): void {
    this.box?.destroy();
    this.bubble?.destroy();
    for (const npc of [this.spoken, this.boxed]) npc?.sprite.destroy();
    this.spoken = this.add.npcDialogue(this.add.sprite(160, 180, '__DEFAULT'), persona, {
      id: `spoken-${locale}`,
      locale,
      bubble: { face, maxLines: 6 },
    });
    const sprite = this.add.sprite(500, 180, '__DEFAULT');
    this.bubble = new SpeechBubble(this, sprite, { face, space: 'world', maxLines: 6 });
    this.boxed = this.add.npcDialogue(this.add.sprite(400, 180, '__DEFAULT'), persona, {
      id: `boxed-${locale}`,
      locale,
    });
    const placeholder = this.boxed.choices()[0]!.text;
    this.box = new DialogueBox(this, { face, nameFace: face, choiceFace: face, input: { placeholder } });
    this.box.open(this.boxed);
    this.spoken.greet();
  }

  /** Gives the second bubble a line in pieces. */
  async stream(pieces: readonly string[], everyMs: number): Promise<void> {
    this.bubble.begin();
    for (const piece of pieces) {
      this.bubble.text(piece);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
    this.bubble.end();
  }
}

new Phaser.Game({
  type: Phaser.AUTO,
  width: 800,
  height: 450,
  backgroundColor: 0x6a8f9c,
  loader: { baseURL: '/' },
  scene: Room,
  plugins: {
    global: [{ key: 'ParleyPlugin', plugin: ParleyPlugin, start: true, data: { gameId: 'scripts' } }],
  },
});

declare global {
  interface Window {
    room: Room;
  }
}
