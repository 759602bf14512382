import type * as Phaser from 'phaser';
import { acceptDroppedModel } from 'phaser-parley';
import { tell } from '../menu/tell.js';
import { transferOf } from './model-transfer.js';

/** Takes models that the player drops anywhere on the page. */
export function watchDrops(game: Phaser.Game): void {
  acceptDroppedModel(
    document.documentElement,
    (file) => transferOf(game).import(file),
    () =>
      tell(game, {
        title: 'Model',
        text: 'Only a model can be dropped here: a file whose name ends in .gguf.',
      }),
  );
}
