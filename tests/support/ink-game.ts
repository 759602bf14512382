/** The page of the Ink test: Mira on the rails of the guide's story, in a dialogue box. */
import * as Phaser from 'phaser';
import { DialogueBox, type NpcDialogue, ParleyPlugin } from 'phaser-parley';
import { InkRails } from 'phaser-parley/ink';

class Room extends Phaser.Scene {
  box!: DialogueBox;
  mira!: NpcDialogue;
  bess!: NpcDialogue;
  readonly given: unknown[] = [];

  preload(): void {
    this.load.npcPersona('mira', 'assets/personas/mira.json');
    this.load.npcPersona('bess', 'assets/personas/bess.json');
    this.load.npcModel('parley', 'assets/models/parley-135m.Q4_0.gguf');
    this.load.json('story', 'build/ink/story.json');
  }

  create(): void {
    this.mira = this.add.npcDialogue(this.add.sprite(400, 150, '__DEFAULT'), 'mira', { seed: 5 });
    this.bess = this.add.npcDialogue(this.add.sprite(150, 150, '__DEFAULT'), 'bess');
    this.mira.rails = new InkRails(this.mira, this.cache.json.get('story'), {
      bind: { knows_soup: 'clue.soup', coins: 'coins' },
      functions: { give: (item: string) => void this.given.push(item) },
      cast: { bess: this.bess },
    });
    this.box = new DialogueBox(this);
    this.box.open(this.mira);
    Object.assign(globalThis, { room: this });
  }
}

new Phaser.Game({
  type: Phaser.AUTO,
  width: 800,
  height: 450,
  loader: { baseURL: '/' },
  scene: Room,
  plugins: {
    global: [{ key: 'ParleyPlugin', plugin: ParleyPlugin, start: true, data: { gameId: 'ink' } }],
  },
});
