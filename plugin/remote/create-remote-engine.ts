import { createEngine } from '../../engine/index.js';
import type { EngineSettings, GameEngine } from '../phaser/options.js';
import { checkedOptions, type RemoteOptions } from './options.js';
import { RemoteEngine } from './remote-engine.js';

/**
 * Makes the plugin's option `createEngine`: characters answer from an OpenAI-compatible server. What is said stays
 * saved where it is with the bundled model, so that a game may switch between both.
 * @throws TypeError, RangeError an option that cannot be meant
 */
export function remoteEngine(options: RemoteOptions): (settings: EngineSettings) => GameEngine {
  const checked = checkedOptions(options);
  return (settings) => new RemoteEngine(checked, createEngine(settings));
}
