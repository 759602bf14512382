export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * A rectangle of the game in CSS pixels relative to an element's padding box, where an absolutely positioned child
 * of it goes.
 * @param game the rectangle, in game pixels
 * @param gameSize of the whole canvas, in game pixels
 * @param canvas the canvas's box in the window
 * @param container the box in the window of the element that positions the child
 */
export function cssRect(
  game: Rect,
  gameSize: { readonly width: number; readonly height: number },
  canvas: Rect,
  container: { readonly x: number; readonly y: number },
): Rect {
  const scaleX = canvas.width / gameSize.width;
  const scaleY = canvas.height / gameSize.height;
  return {
    x: canvas.x - container.x + game.x * scaleX,
    y: canvas.y - container.y + game.y * scaleY,
    width: game.width * scaleX,
    height: game.height * scaleY,
  };
}
