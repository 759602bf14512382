/** The page of the presence and touch tests: a square with two people, a player who can be put anywhere, and a box. */
import * as Phaser from 'phaser';
import { DialogueBox, type NpcDialogue, ParleyPlugin, type WatchOptions } from 'phaser-parley';
import { DARK, PIXEL } from './looks.js';

const query = new URLSearchParams(location.search);
const look = query.get('look');

class Square extends Phaser.Scene {
  player!: Phaser.GameObjects.Sprite;
  people: Record<string, NpcDialogue> = {};
  box!: DialogueBox;

  preload(): void {
    this.load.bitmapFont('saltmere', 'assets/fonts/saltmere.png', 'assets/fonts/saltmere.fnt');
    for (const atlas of ['characters', 'portraits', 'ui']) {
      this.load.atlas(atlas, `assets/sprites/${atlas}.png`, `assets/sprites/${atlas}.json`);
    }
    for (const id of ['mira', 'bess']) this.load.npcPersona(id, `assets/personas/${id}.json`);
    if (query.has('model')) this.load.npcModel('parley', 'assets/models/parley-135m.Q4_0.gguf');
  }

  create(): void {
    const { width, height } = this.scale;
    this.player = this.person('player', width / 2 + 300, height / 2);
    this.people = {
      mira: this.add.npcDialogue(this.person('mira', width / 2 - 50, height / 2), 'mira'),
      bess: this.add.npcDialogue(this.person('bess', width / 2 + 50, height / 2), 'bess'),
    };
    this.box = new DialogueBox(this, {
      portrait: (id) => ({ texture: 'portraits', frame: `${id}-neutral` }),
    });
    window.square = this;
  }

  /** Watches the player with options of the test. */
  watch(options: WatchOptions): void {
    this.parley.watchPlayer(this.player, options);
  }

  private person(id: string, x: number, y: number): Phaser.GameObjects.Sprite {
    return this.add.sprite(x, y, 'characters', `${id}-idle-down-0`).setScale(2);
  }
}

new Phaser.Game({
  type: Phaser.AUTO,
  parent: document.querySelector('div'),
  backgroundColor: 0x6a8f9c,
  pixelArt: look === 'pixel',
  scale: { mode: Phaser.Scale.RESIZE, width: '100%', height: '100%' },
  loader: { baseURL: '/' },
  scene: Square,
  plugins: {
    global: [
      {
        key: 'ParleyPlugin',
        plugin: ParleyPlugin,
        start: true,
        data: {
          gameId: 'presence',
          theme: look === 'dark' ? DARK : look === 'pixel' ? PIXEL : {},
        },
      },
    ],
  },
});

declare global {
  interface Window {
    square: Square;
  }
}
