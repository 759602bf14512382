/** Saltmere: a small village whose people talk. */
import * as Phaser from 'phaser';
import { ParleyPlugin } from 'phaser-parley';
import { BootScene } from './scenes/boot-scene.js';
import { VillageScene } from './scenes/village-scene.js';
import { fitView, keepFitted } from './viewport.js';

const { zoom, width, height } = fitView(window.innerWidth, window.innerHeight);

const game = new Phaser.Game({
  type: Phaser.AUTO,
  parent: 'game',
  title: 'Saltmere',
  // Deep water: what a talk at the edge of the world shows beside the box.
  backgroundColor: '#22336b',
  pixelArt: true,
  scale: { mode: Phaser.Scale.NONE, width, height, zoom },
  physics: { default: 'arcade' },
  audio: { noAudio: true },
  plugins: {
    global: [{ key: 'ParleyPlugin', plugin: ParleyPlugin, start: true, data: { gameId: 'saltmere' } }],
  },
  scene: [BootScene, VillageScene],
});
keepFitted(game);

declare global {
  interface Window {
    game: Phaser.Game;
  }
}
window.game = game;
