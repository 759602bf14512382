/** The page of the scripts test: a bubble and a dialogue box in one language; see `query` for what it takes. */
import * as Phaser from 'phaser';
import { DialogueBox, ParleyPlugin, parsePersona, SpeechBubble } from 'phaser-parley';
import { SCRIPTS_PERSONA } from './scripts-persona.js';

const query = new URLSearchParams(location.search);
const locale = query.get('locale') ?? 'de';
const zoom = Number(query.get('zoom') ?? 1);

class Room extends Phaser.Scene {
  preload(): void {
    this.load.bitmapFont('pixel', 'assets/fonts/saltmere.png', 'assets/fonts/saltmere.fnt');
  }

  create(): void {
    const persona = parsePersona(SCRIPTS_PERSONA);
    const face = query.has('pixel') ? { bitmapFont: 'pixel', fontSize: 14 } : {};
    this.cameras.main.setZoom(zoom);
    const place = (x: number) => this.add.sprite(400 + (x - 400) / zoom, 225 - 45 / zoom, '__DEFAULT');
    const npc = this.add.npcDialogue(place(160), persona, { id: 'spoken', locale, bubble: { face } });
    const bubble = new SpeechBubble(this, place(600), { face, space: 'world' });
    const box = new DialogueBox(this, {
      face,
      nameFace: face,
      choiceFace: face,
      input: { placeholder: npc.choices()[0]!.text },
    });
    const boxed = this.add.npcDialogue(place(400), persona, { id: 'boxed', locale });
    Object.assign(globalThis, { room: { scene: this, npc, bubble, box, boxed } });
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
    global: [
      {
        key: 'ParleyPlugin',
        plugin: ParleyPlugin,
        start: true,
        data: { gameId: 'scripts', autoLoad: false },
      },
    ],
  },
});
