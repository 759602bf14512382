/**
 * Keeps what happens in an element from the game: Phaser listens on the window, for keys, and for clicks and touches that
 * end beside the canvas, which it takes for ones on what lies below.
 */
export function keepEvents(element: HTMLElement): void {
  let pressedHere = false;
  const keep = (event: Event) => event.stopPropagation();
  for (const type of ['keydown', 'keyup', 'keypress', 'touchstart', 'touchmove', 'touchend', 'touchcancel']) {
    element.addEventListener(type, keep, { passive: true });
  }
  element.addEventListener('mousedown', (event) => {
    pressedHere = true;
    event.stopPropagation();
  });
  // A press that began on the canvas must end for the game.
  element.addEventListener('mouseup', (event) => {
    if (pressedHere) event.stopPropagation();
    pressedHere = false;
  });
}
