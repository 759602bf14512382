/** The page of the remote test: Mira in a scene, on the server that the address names. */
import * as Phaser from 'phaser';
import { type NpcDialogue, ParleyPlugin } from 'phaser-parley';
import { remoteEngine } from 'phaser-parley/remote';

class Room extends Phaser.Scene {
  mira!: NpcDialogue;

  preload(): void {
    this.load.npcPersona('mira', 'assets/personas/mira.json');
    // The game of every day: the model of this machine is not touched while another machine answers.
    this.load.npcModel('parley', 'assets/models/parley-135m.Q4_0.gguf');
  }

  create(): void {
    this.mira = this.add.npcDialogue(this.add.sprite(400, 300, '__DEFAULT'), 'mira', { seed: 5 });
    Object.assign(globalThis, { room: this });
  }
}

const createEngine = remoteEngine({
  baseUrl: new URLSearchParams(location.search).get('server')!,
  model: 'scripted',
  retries: 0,
});

new Phaser.Game({
  type: Phaser.AUTO,
  width: 800,
  height: 450,
  loader: { baseURL: '/' },
  scene: Room,
  plugins: {
    global: [
      { key: 'ParleyPlugin', plugin: ParleyPlugin, start: true, data: { gameId: 'remote', createEngine } },
    ],
  },
});
