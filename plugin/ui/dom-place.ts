import type * as Phaser from 'phaser';
import { cssRect, type Rect } from './css-rect.js';
import { keyboardTop } from './touch-keyboard.js';

/** Puts an absolutely positioned element of the canvas's parent over a rectangle of the game. */
export function placeOverGame(element: HTMLElement, game: Phaser.Game, rect: Rect): { scale: number } {
  const canvas = game.canvas.getBoundingClientRect();
  const { width, height } = game.scale;
  const css = cssRect(rect, { width, height }, canvas, containerOrigin(element));
  const style = element.style;
  style.left = `${css.x}px`;
  style.top = `${css.y - hiddenByKeyboard(canvas, game, rect)}px`;
  style.width = `${css.width}px`;
  style.height = `${css.height}px`;
  return { scale: canvas.height / height };
}

function containerOrigin(element: HTMLElement): { x: number; y: number } {
  const parent = element.offsetParent;
  const unpositioned =
    !parent || (parent === document.body && getComputedStyle(parent).position === 'static');
  const box = (unpositioned ? document.documentElement : parent).getBoundingClientRect();
  return unpositioned
    ? { x: box.left, y: box.top }
    : {
        x: box.left + parent.clientLeft - parent.scrollLeft,
        y: box.top + parent.clientTop - parent.scrollTop,
      };
}

/** CSS pixels of the rectangle that a touch keyboard covers; the element is moved up by them. */
function hiddenByKeyboard(canvas: DOMRect, game: Phaser.Game, rect: Rect): number {
  const top = keyboardTop(globalThis.visualViewport, innerHeight);
  if (top === undefined) return 0;
  const bottom = canvas.y + ((rect.y + rect.height) * canvas.height) / game.scale.height;
  return Math.max(0, bottom - top);
}

/** Pixels of the game at the bottom of a camera that a touch keyboard covers. */
export function coveredByKeyboard(camera: Phaser.Cameras.Scene2D.Camera): number {
  const top = keyboardTop(globalThis.visualViewport, innerHeight);
  if (top === undefined) return 0;
  const { game } = camera.scene.sys;
  const canvas = game.canvas.getBoundingClientRect();
  const seenTo = ((top - canvas.y) * game.scale.height) / canvas.height;
  return Math.max(0, camera.y + camera.height - seenTo);
}
