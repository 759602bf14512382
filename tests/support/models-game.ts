/** The page of the model manager's test: a scene with one character and no model of its own. */
import * as Phaser from 'phaser';
import { acceptDroppedModel, type DownloadQuestion, type NpcDialogue, ParleyPlugin } from 'phaser-parley';

class Room extends Phaser.Scene {
  mira!: NpcDialogue;
  readonly dropped: File[] = [];
  readonly questions: DownloadQuestion[] = [];
  /** What the player says to a download. */
  wanted = true;

  preload(): void {
    this.load.npcPersona('mira', 'mira.json');
  }

  create(): void {
    this.mira = this.add.npcDialogue(this.add.sprite(400, 150, '__DEFAULT'), 'mira', { seed: 5 });
    acceptDroppedModel(this.game.canvas.parentElement!, (file) => this.dropped.push(file));
    Object.assign(globalThis, { room: this });
  }
}

new Phaser.Game({
  type: Phaser.CANVAS,
  width: 800,
  height: 450,
  scene: Room,
  plugins: {
    global: [
      {
        key: 'ParleyPlugin',
        plugin: ParleyPlugin,
        start: true,
        data: {
          gameId: 'models',
          confirmDownload: (question: DownloadQuestion) => {
            const room = (globalThis as unknown as { room: Room }).room;
            room.questions.push(question);
            return room.wanted;
          },
        },
      },
    ],
  },
});
