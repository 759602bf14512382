import type * as Phaser from 'phaser';
import type { ParleyPlugin } from './parley-plugin.js';

/** The key under which the game configuration installs the plugin. */
export const PARLEY_KEY = 'ParleyPlugin';

/**
 * The plugin of a game.
 * @throws Error when it is not installed
 */
export function parleyOf(game: Phaser.Game): ParleyPlugin {
  const plugin = game.plugins.get(PARLEY_KEY) as ParleyPlugin | null;
  if (!plugin) {
    throw new Error(
      `Parley is not installed under the key "${PARLEY_KEY}"; expected an entry in the game configuration: ` +
        `plugins: { global: [{ key: '${PARLEY_KEY}', plugin: ParleyPlugin, start: true }] }`,
    );
  }
  return plugin;
}
