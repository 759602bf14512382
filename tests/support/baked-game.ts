/** The page of the baked-prefix test: one character, with or without what `parley bake` made of it. */
import * as Phaser from 'phaser';
import { ParleyPlugin } from 'phaser-parley';

const query = new URLSearchParams(location.search);

class Room extends Phaser.Scene {
  preload(): void {
    this.load.npcPersona('mira', 'assets/personas/mira.json', query.get('prefix') ?? undefined);
    this.load.npcModel('parley', 'assets/models/parley-135m.Q4_0.gguf');
  }

  create(): void {
    const npc = this.add.npcDialogue(this.add.sprite(100, 100, '__DEFAULT'), 'mira', { seed: 5 });
    Object.assign(globalThis, {
      askMira: async () => {
        await this.parley.ready;
        const { text, source } = await npc.ask('How much for an eel?', { wait: true });
        return { text, source, prefillTokens: this.parley.spending.prefillTokens };
      },
    });
  }
}

new Phaser.Game({
  type: Phaser.CANVAS,
  width: 200,
  height: 200,
  loader: { baseURL: '/' },
  scene: Room,
  plugins: {
    global: [
      {
        key: 'ParleyPlugin',
        plugin: ParleyPlugin,
        start: true,
        data: { gameId: query.has('prefix') ? 'baked' : 'plain' },
      },
    ],
  },
});
