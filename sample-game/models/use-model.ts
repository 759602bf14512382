import type * as Phaser from 'phaser';
import { EngineError, type ParleyApi } from 'phaser-parley';
import { tell } from '../menu/tell.js';
import { isStored, type ModelChoice } from '../settings/settings.js';
import { changeSettings, settingsOf } from '../settings/settings-keeper.js';

/** The key of the model that comes with the game, for `load.npcModel`. */
export const BUNDLED_MODEL = 'parley-135m';

/** Loads the model that was chosen; one on the device that can never be loaded is given up for the bundled one. */
export async function useModel(
  game: Phaser.Game,
  parley: Pick<ParleyApi, 'loadModel'>,
  model: ModelChoice,
): Promise<void> {
  try {
    await parley.loadModel(isStored(model) ? model : BUNDLED_MODEL);
  } catch (error) {
    // What goes wrong otherwise is told by the event model-error, and may go well the next time.
    const chosen = settingsOf(game);
    const why = isStored(model) && chosen.model === model && whyNever(error);
    if (!why) return;
    changeSettings(game, { model: 'bundled', modelName: '' });
    tell(game, {
      title: 'Model',
      text: `${chosen.modelName || 'The model'} ${why} People speak with the bundled model again.`,
    });
  }
}

/** Why a stored model cannot be loaded, if that will not pass: behind its name. */
function whyNever(error: unknown): string | undefined {
  if (!(error instanceof EngineError)) return undefined;
  switch (error.code) {
    case 'model-not-stored':
      return 'is no longer on this device.';
    case 'storage-unavailable':
      return 'cannot be read: this browser keeps no models.';
    case 'out-of-memory':
      return 'is too big for the memory of this device.';
    case 'model-mismatch':
    case 'gguf-not-gguf':
    case 'gguf-truncated':
      return 'is damaged on this device; remove it and load it again.';
    case 'gguf-invalid':
    case 'gguf-limit':
      return 'is damaged, or of a kind that this game cannot run.';
    default:
      return /^(?:unsupported-(?:architecture|tensor-type|tokenizer)|template-unsupported)$/.test(error.code)
        ? 'is of a kind that this game cannot run.'
        : undefined;
  }
}
