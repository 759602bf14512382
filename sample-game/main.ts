/** Saltmere: a small village whose people talk. */
import * as Phaser from 'phaser';
import { type DownloadQuestion, drawnOnCanvas, ParleyPlugin } from 'phaser-parley';
import { ParleyInspector } from 'phaser-parley/inspector';
import { watchDrops } from './models/model-drop.js';
import { transferOf } from './models/model-transfer.js';
import { BackdropScene } from './scenes/backdrop-scene.js';
import { BootScene } from './scenes/boot-scene.js';
import { CreditsScene } from './scenes/credits-scene.js';
import { EndingScene } from './scenes/ending-scene.js';
import { HudScene } from './scenes/hud-scene.js';
import { ModelAddressScene } from './scenes/model-address-scene.js';
import { ModelsScene } from './scenes/models-scene.js';
import { NotebookScene } from './scenes/notebook-scene.js';
import { PauseScene } from './scenes/pause-scene.js';
import { QuestionScene } from './scenes/question-scene.js';
import { SavesScene } from './scenes/saves-scene.js';
import { SettingsScene } from './scenes/settings-scene.js';
import { TitleScene } from './scenes/title-scene.js';
import { VillageScene } from './scenes/village-scene.js';
import { fitView } from './view.js';
import { keepFitted } from './viewport.js';

// Where there is no WebGL, Phaser would draw neither panels nor the colours of texts and icons.
drawnOnCanvas(Phaser.GameObjects.NineSlice.prototype);
drawnOnCanvas(Phaser.GameObjects.BitmapText.prototype);
drawnOnCanvas(Phaser.GameObjects.Image.prototype);

const { zoom, width, height } = fitView(window.innerWidth, window.innerHeight, window.devicePixelRatio);

const game = new Phaser.Game({
  type: Phaser.AUTO,
  parent: 'game',
  title: 'Saltmere',
  // Deep water: what a talk at the edge of the world shows beside the box.
  backgroundColor: '#22336b',
  pixelArt: true,
  scale: { mode: Phaser.Scale.NONE, width, height, zoom },
  physics: { default: 'arcade' },
  // One finger walks, another one acts.
  input: { gamepad: true, activePointers: 3 },
  plugins: {
    global: [
      {
        key: 'ParleyPlugin',
        plugin: ParleyPlugin,
        start: true,
        // The settings say whether the model is loaded.
        data: {
          gameId: 'saltmere',
          autoLoad: false,
          confirmDownload: (question: DownloadQuestion) => transferOf(game).confirm(question),
        },
      },
      // F9 looks into the talks, the engine and the frames.
      { key: 'ParleyInspector', plugin: ParleyInspector, start: true },
    ],
  },
  scene: [
    BootScene,
    BackdropScene,
    TitleScene,
    VillageScene,
    HudScene,
    PauseScene,
    NotebookScene,
    SavesScene,
    SettingsScene,
    ModelsScene,
    ModelAddressScene,
    CreditsScene,
    QuestionScene,
    EndingScene,
  ],
});
keepFitted(game);
watchDrops(game);

declare global {
  interface Window {
    game: Phaser.Game;
  }
}
window.game = game;
