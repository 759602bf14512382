import type * as Phaser from 'phaser';
import { centre, label } from '../hud/label.js';
import { COLORS } from '../hud/style.js';
import { announce } from '../menu/screen-reader.js';
import { reducedMotion } from '../settings/settings-keeper.js';
import { type Credit, readCredits } from '../story/credits.js';

const PIXELS_PER_SECOND = 22;
const LINE = 13;

/** What was loaded from `assets/CREDITS.md` for it. */
export const CREDITS_KEY = 'credits';

/** The credits from below the screen to above it; calls `done` when the last line is gone, unless they are destroyed. */
export function rollCredits(scene: Phaser.Scene, done: () => void): Phaser.GameObjects.Container {
  const { width, height } = scene.scale;
  const maxWidth = Math.min(270, width - 40);
  const roll = scene.add.container(0, height);
  let y = 0;
  const add = (text: string, color: number, gap: number) => {
    const shown = label(scene, 0, y, text, { color, shadow: true, maxWidth }).setCenterAlign();
    announce(text);
    roll.add(centre(shown, width / 2));
    y += Math.ceil(shown.height / 14) * LINE + gap;
  };
  const logo = scene.add.image(Math.round(width / 2), 29, 'title');
  roll.add(logo);
  y += 74;
  for (const { what, by } of creditsOf(scene)) {
    add(what, COLORS.name, 0);
    add(by, COLORS.text, 12);
  }
  add('The people of Saltmere speak with Parley, in your browser.', COLORS.text, 12);
  add('Thank you for listening to them.', COLORS.bright, 0);
  // Where things stand still it is turned over page by page, a line before the end of each.
  const page = height - 2 * LINE;
  const tween = scene.tweens.addCounter({
    from: 0,
    to: height + y,
    duration: ((height + y) / PIXELS_PER_SECOND) * 1000,
    onUpdate: () => {
      const risen = tween.getValue() ?? 0;
      roll.setY(height - (reducedMotion(scene) ? Math.ceil((risen + 1) / page) * page : Math.round(risen)));
    },
    onComplete: done,
  });
  return roll.once('destroy', () => tween.remove());
}

function creditsOf(scene: Phaser.Scene): Credit[] {
  return readCredits((scene.cache.text.get(CREDITS_KEY) as string | undefined) ?? '');
}
