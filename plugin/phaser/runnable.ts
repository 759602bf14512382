/** What the plugin must know of a live character to say whether it may compute in this step. */
export interface Spender {
  readonly sequencePrefix: string;
  readonly talking: boolean;
  /** False: also a talk waits while its scene is paused. */
  readonly whilePaused: boolean;
  /** Phaser's scene status number. */
  readonly sceneStatus: number;
}

// Phaser.Scenes.START and PAUSED; spelled out so that this file runs without Phaser.
const SCENE_START = 2;
const SCENE_PAUSED = 6;

/**
 * The sequence prefixes that may run: everything of a running scene, only talks of a paused one (games pause the
 * world while people talk), nothing of a scene that sleeps, is shut down or has not started.
 */
export function runnablePrefixes(spenders: Iterable<Spender>): string[] {
  const prefixes: string[] = [];
  for (const spender of spenders) {
    const { sceneStatus } = spender;
    const running = sceneStatus >= SCENE_START && sceneStatus < SCENE_PAUSED;
    const pausedTalk = sceneStatus === SCENE_PAUSED && spender.whilePaused && spender.talking;
    if (running || pausedTalk) prefixes.push(spender.sequencePrefix);
  }
  return prefixes;
}
