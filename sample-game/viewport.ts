import * as Phaser from 'phaser';
import { fitView } from './view.js';

/** Keeps the game's scale fitted to the window. */
export function keepFitted(game: Phaser.Game): void {
  const resize = () => {
    const ratio = window.devicePixelRatio;
    const { zoom, width, height } = fitView(window.innerWidth, window.innerHeight, ratio);
    if (game.scale.gameSize.width !== width || game.scale.gameSize.height !== height) {
      game.scale.resize(width, height);
    }
    game.scale.setZoom(zoom);
    // Centred on whole pixels of the screen, or the art would blur.
    const centred = (space: number, size: number) =>
      `${Math.round(((space - size * zoom) / 2) * ratio) / ratio}px`;
    game.canvas.style.marginLeft = centred(window.innerWidth, width);
    game.canvas.style.marginTop = centred(window.innerHeight, height);
  };
  if (game.isBooted) resize();
  else game.events.once(Phaser.Core.Events.READY, resize);
  window.addEventListener('resize', resize);
  game.events.once(Phaser.Core.Events.DESTROY, () => window.removeEventListener('resize', resize));
}
