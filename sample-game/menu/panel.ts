/** The board that a menu stands on. */
import type * as Phaser from 'phaser';
import { iconButton } from '../hud/icon-button.js';
import { centre, label } from '../hud/label.js';
import { COLORS } from '../hud/style.js';
import { pictureHeight } from '../view.js';
import { mirrorOf } from './mirror.js';
import type { Area } from './rows.js';

const MARGIN = 3;
const PADDING = 11;
/** Beside the room, for the cursor of a menu. */
const CURSOR_WIDTH = 10;
const PLATE_HEIGHT = 20;
const CROSS_SIZE = 20;

/** Darkens what is behind and takes all pointers, so that nothing there is hit. */
export function addVeil(scene: Phaser.Scene): Phaser.GameObjects.Rectangle {
  const { width, height } = scene.scale;
  return scene.add.rectangle(0, 0, width, height, 0x17122b, 0.6).setOrigin(0).setInteractive();
}

/**
 * A wooden board with its title in the middle of the screen; returns the room on it.
 * @param wanted size of the room; it is cut to what the screen has
 * @param close called by the cross in its corner, for those without keys
 */
export function addPanel(
  scene: Phaser.Scene,
  title: string,
  wanted: { readonly width: number; readonly height: number },
  close: () => void,
): Area {
  const width = Math.min(scene.scale.width - 2 * MARGIN, wanted.width + 2 * (PADDING + CURSOR_WIDTH));
  const most = scene.scale.height - 2 * MARGIN - PLATE_HEIGHT / 2;
  const height = Math.min(most, wanted.height + 2 * PADDING);
  const x = Math.round((scene.scale.width - width) / 2);
  const middle = upper(scene) / 2;
  const y = Math.max(MARGIN + PLATE_HEIGHT / 2, Math.round(middle - height / 2 + PLATE_HEIGHT / 4));
  scene.add.nineslice(x, y, 'ui', 'panel-wood', width, height, 13, 13, 13, 13).setOrigin(0);
  const text = label(scene, 0, y - 9, title, { color: COLORS.name });
  const plateWidth = Math.round((text.width + 28) / 2) * 2;
  const plateX = Math.round(x + (width - plateWidth) / 2);
  scene.add.nineslice(plateX, y - 12, 'ui', 'name-plate', plateWidth, PLATE_HEIGHT, 8, 8, 8, 8).setOrigin(0);
  scene.children.bringToTop(centre(text, plateX + plateWidth / 2));
  const cross = { x: x + width - CROSS_SIZE - 12, y: y - 11, size: CROSS_SIZE };
  iconButton(scene, cross, 'icon-close', close);
  mirrorOf(scene).name(title, close);
  const side = PADDING + CURSOR_WIDTH;
  return { x: x + side, y: y + PADDING, width: width - 2 * side, height: height - 2 * PADDING };
}

/** On an upright screen boards stand between picture and deck, where eyes and thumbs meet. */
function upper(scene: Phaser.Scene): number {
  const { width, height } = scene.scale;
  const picture = pictureHeight({ width, height });
  return picture < height ? Math.min(height, picture * 1.5) : height;
}
