/** Everything that stands, glows, smokes and flies; nothing here is needed to play. */
import * as Phaser from 'phaser';
import { CHIMNEYS, GLOWS, GROUND_GLOWS, LIGHTHOUSE_LAMP, THINGS, WORLD } from './village-map.js';

/** Depths: ground below 0, standing things by the y of their foot, air above all of them. */
export const DEPTH = {
  shadow: -500,
  groundGlow: -400,
  evening: 5000,
  glow: 5100,
  air: 5200,
  hud: 9000,
} as const;

/** Adds the village's things; returns the walls that their feet make. */
export function addScenery(scene: Phaser.Scene): Phaser.Physics.Arcade.StaticGroup {
  const walls = scene.physics.add.staticGroup();
  const frames = scene.textures.get('props');
  for (const { name, x, y, block } of THINGS) {
    if (frames.has(`${name}-shadow`)) scene.add.image(x, y, 'props', `${name}-shadow`).setDepth(DEPTH.shadow);
    const image = scene.add.image(x, y, 'props', name).setDepth(y);
    if (name.startsWith('boat') || name === 'buoy') float(scene, image);
    if (block) walls.add(scene.add.zone(x, y - block[1] / 2, block[0], block[1]));
  }
  addLight(scene);
  for (const chimney of CHIMNEYS) addSmoke(scene, chimney.x, chimney.y);
  addGulls(scene);
  return walls;
}

function float(scene: Phaser.Scene, image: Phaser.GameObjects.Image): void {
  const { y } = image;
  scene.tweens.addCounter({
    from: 0,
    to: Math.PI * 2,
    duration: 3200 + (image.x % 7) * 180,
    repeat: -1,
    // Whole pixels only, or the art would blur.
    onUpdate: (tween) => image.setY(y + Math.round(Math.sin(tween.getValue() ?? 0) * 0.8)),
  });
}

function addLight(scene: Phaser.Scene): void {
  const add = Phaser.BlendModes.ADD;
  for (const { name, x, y } of GROUND_GLOWS) {
    scene.add.image(x, y, 'props', name).setBlendMode(add).setDepth(DEPTH.groundGlow);
  }
  addEvening(scene);
  GLOWS.forEach(({ name, x, y }, i) => {
    const glow = scene.add.image(x, y, 'props', name).setBlendMode(add).setDepth(DEPTH.glow);
    scene.tweens.add({
      targets: glow,
      alpha: { from: 1, to: 0.82 },
      duration: 900 + ((i * 337) % 700),
      yoyo: true,
      repeat: -1,
      ease: 'Stepped',
      easeParams: [4],
    });
  });
  const beam = scene.add.image(LIGHTHOUSE_LAMP.x, LIGHTHOUSE_LAMP.y, 'props', 'light-beam');
  beam.setBlendMode(add).setDepth(DEPTH.glow);
  scene.tweens.add({ targets: beam, alpha: { from: 0.9, to: 0.15 }, duration: 3600, yoyo: true, repeat: -1 });
}

/** Violet from the right, the last sun from the left, in bands of one tone. */
function addEvening(scene: Phaser.Scene): void {
  const band = WORLD.width / 6;
  for (let i = 0; i < 6; i++) {
    if (i > 0) {
      scene.add
        .rectangle(i * band, 0, band, WORLD.height, 0x392b57, i * 0.04)
        .setOrigin(0)
        .setDepth(DEPTH.evening);
    }
    if (i < 4) {
      scene.add
        .rectangle(i * band, 0, band, WORLD.height, 0xbf6c2c, (4 - i) * 0.022)
        .setOrigin(0)
        .setBlendMode(Phaser.BlendModes.ADD)
        .setDepth(DEPTH.evening);
    }
  }
}

function addSmoke(scene: Phaser.Scene, x: number, y: number): void {
  const puff = () => {
    const smoke = scene.add.image(x, y, 'props', 'smoke-0').setDepth(DEPTH.air).setAlpha(0.8);
    scene.tweens.addCounter({
      from: 0,
      to: 1,
      duration: 3600,
      onUpdate: (tween) => {
        const t = tween.getValue() ?? 0;
        smoke.setPosition(Math.round(x + t * 14 + Math.sin(t * 6) * 2), Math.round(y - t * 30));
        smoke.setFrame(`smoke-${Math.min(3, Math.floor(t * 4))}`).setAlpha(0.8 * (1 - t));
      },
      onComplete: () => smoke.destroy(),
    });
  };
  scene.time.addEvent({ delay: 1300, loop: true, startAt: (x * 31) % 1300, callback: puff });
}

function addGulls(scene: Phaser.Scene): void {
  scene.anims.create({
    key: 'gull-fly',
    frames: scene.anims.generateFrameNames('props', { prefix: 'gull-fly-', start: 0, end: 3 }),
    frameRate: 7,
    repeat: -1,
  });
  for (const [x, y] of [
    [197, 224],
    [92, 220],
  ] as const) {
    scene.add.image(x, y, 'props', 'gull-stand-0').setDepth(y);
  }
  [0, 1, 2].forEach((i) => {
    const gull = scene.add.sprite(-20, 0, 'props', 'gull-fly-0').setDepth(DEPTH.air).play('gull-fly');
    const cross = () => {
      const y = Phaser.Math.Between(180, 250);
      const goesLeft = Phaser.Math.Between(0, 1) === 1;
      gull.setFlipX(goesLeft);
      scene.tweens.addCounter({
        from: goesLeft ? WORLD.width + 20 : -20,
        to: goesLeft ? -20 : WORLD.width + 20,
        duration: Phaser.Math.Between(14000, 22000),
        delay: Phaser.Math.Between(500, 6000) + i * 2000,
        onUpdate: (tween) => {
          const at = tween.getValue() ?? 0;
          gull.setPosition(Math.round(at), Math.round(y + Math.sin(at / 40 + i) * 8));
        },
        onComplete: cross,
      });
    };
    cross();
  });
}
