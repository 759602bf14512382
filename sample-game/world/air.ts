/** What drifts through the air: smoke from the chimneys, leaves from the trees, fireflies over the grass. */
import * as Phaser from 'phaser';
import { CHIMNEYS, THINGS } from './things.js';

const PUFF_EVERY_MS = 900;
const PUFF_MS = 4200;
const LEAF_EVERY_MS = 1900;
const LEAF_MS = 4600;

/** Adds everything that drifts, at a depth. */
export function addAir(scene: Phaser.Scene, depth: number): void {
  for (const { x, y } of CHIMNEYS) addSmoke(scene, x, y, depth);
  for (const { name, x, y } of THINGS) {
    if (name === 'tree-autumn') addLeaves(scene, x, y);
    if (name.startsWith('bush')) addFirefly(scene, x, y - 12, depth);
  }
}

/** A picture that lives for a while; `place` puts it where it is at `t` from 0 to 1, at whole pixels. */
function drift(
  scene: Phaser.Scene,
  image: Phaser.GameObjects.Image,
  duration: number,
  place: (t: number) => void,
): void {
  scene.tweens.addCounter({
    from: 0,
    to: 1,
    duration,
    onUpdate: (tween) => place(tween.getValue() ?? 0),
    onComplete: () => image.destroy(),
  });
}

function addSmoke(scene: Phaser.Scene, x: number, y: number, depth: number): void {
  const puff = () => {
    const smoke = scene.add.image(x, y, 'props', 'smoke-0').setDepth(depth);
    const lean = Phaser.Math.Between(12, 22);
    drift(scene, smoke, PUFF_MS, (t) => {
      smoke.setPosition(Math.round(x + t * t * lean + Math.sin(t * 7 + x) * 2), Math.round(y - 4 - t * 34));
      // Thins out in steps, as everything here does.
      smoke.setFrame(`smoke-${Math.min(3, Math.floor(t * 4))}`).setAlpha(0.9 - Math.floor(t * 6) * 0.14);
    });
  };
  scene.time.addEvent({
    delay: PUFF_EVERY_MS,
    loop: true,
    startAt: (x * 31) % PUFF_EVERY_MS,
    callback: puff,
  });
}

function addLeaves(scene: Phaser.Scene, x: number, y: number): void {
  const fall = () => {
    const from = x + Phaser.Math.Between(-20, 20);
    const leaf = scene.add.image(from, y - 30, 'props', 'leaf').setDepth(y + 1);
    drift(scene, leaf, LEAF_MS, (t) => {
      const swing = Math.sin(t * 16) * 4;
      leaf.setPosition(Math.round(from + t * 26 + swing), Math.round(y - 34 + t * 40)).setFlipX(swing > 0);
      leaf.setAlpha(t > 0.85 ? 0.6 : 1);
    });
  };
  scene.time.addEvent({
    delay: LEAF_EVERY_MS,
    loop: true,
    startAt: (x * 47) % LEAF_EVERY_MS,
    callback: fall,
  });
}

function addFirefly(scene: Phaser.Scene, x: number, y: number, depth: number): void {
  for (let i = 0; i < 2; i++) {
    const fly = scene.add.image(x, y, 'props', 'firefly').setDepth(depth);
    fly.setBlendMode(Phaser.BlendModes.ADD);
    const phase = x * 0.7 + i * 2.6;
    scene.tweens.addCounter({
      from: 0,
      to: Math.PI * 2,
      duration: 9000 + ((x * 13 + i * 700) % 4000),
      repeat: -1,
      onUpdate: (tween) => {
        const t = tween.getValue() ?? 0;
        fly.setPosition(
          Math.round(x + Math.sin(t + phase) * 16 + Math.sin(t * 3 + phase) * 4),
          Math.round(y + Math.cos(t * 2 + phase) * 8),
        );
        fly.setAlpha(Math.max(0, Math.round(Math.sin(t * 5 + phase) * 3) / 3));
      },
    });
  }
}
