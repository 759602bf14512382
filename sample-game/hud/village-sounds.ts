import * as Phaser from 'phaser';
import type { DialogueBox } from 'phaser-parley';
import { listen } from '../listen.js';
import { playSound } from '../sound.js';
import { onFlag } from '../story/flags.js';

/** Of the voice that a letter is typed with; 1 where none is given. */
const PITCH: Readonly<Record<string, number>> = {
  mira: 1.1,
  bess: 0.95,
  orrin: 0.75,
  pip: 1.45,
  sailor: 0.65,
  tomas: 0.85,
};
/** Letters come faster than blips can be told apart. */
const TYPE_PAUSE_MS = 65;
/** Milliseconds between two cries of the gulls. */
const GULL_PAUSE = [9000, 26_000] as const;
/** Frames of a walking cycle in which a foot comes down, from 1. */
const FOOTFALLS = [2, 4];

/** Steps, voices, gulls, and the box that opens and closes. */
export function addVillageSounds(
  scene: Phaser.Scene,
  player: Phaser.GameObjects.Sprite,
  box: DialogueBox,
): void {
  player.on(
    Phaser.Animations.Events.ANIMATION_UPDATE,
    ({ key }: Phaser.Animations.Animation, { index }: Phaser.Animations.AnimationFrame) => {
      if (key.includes('-walk-') && FOOTFALLS.includes(index)) {
        playSound(scene, 'step', { rate: Phaser.Math.FloatBetween(0.92, 1.08) });
      }
    },
  );
  box.on('open', () => playSound(scene, 'open'));
  box.on('close', () => playSound(scene, 'close'));
  let letters = 0;
  let quietMs = 0;
  listen(scene, scene.events, Phaser.Scenes.Events.UPDATE, (_time: number, deltaMs: number) => {
    const { length } = box.shownText;
    quietMs -= deltaMs;
    if (length > letters && quietMs <= 0) {
      quietMs = TYPE_PAUSE_MS;
      const rate = (PITCH[box.npc?.id ?? ''] ?? 1) * Phaser.Math.FloatBetween(0.96, 1.04);
      playSound(scene, 'type', { rate });
    }
    letters = length;
  });
  onFlag(scene, 'lamp.lit', (lit) => {
    if (lit) playSound(scene, 'lamp');
  });
  const cry = () => {
    playSound(scene, 'gull', { rate: Phaser.Math.FloatBetween(0.9, 1.1) });
    scene.time.delayedCall(Phaser.Math.Between(...GULL_PAUSE), cry);
  };
  scene.time.delayedCall(GULL_PAUSE[0], cry);
}
