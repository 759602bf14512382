/** This much of the header stays inside the window. */
const KEPT_PX = 60;

/** Lets a handle drag a fixed element; where it was docked it then floats. */
export function dragged(handle: HTMLElement, target: HTMLElement): void {
  let grip: { readonly x: number; readonly y: number } | undefined;
  handle.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || (event.target as HTMLElement).closest('button')) return;
    const box = target.getBoundingClientRect();
    grip = { x: event.clientX - box.x, y: event.clientY - box.y };
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener('pointermove', (event) => {
    if (!grip) return;
    const { width } = target.getBoundingClientRect();
    const left = clamp(event.clientX - grip.x, KEPT_PX - width, innerWidth - KEPT_PX);
    const top = clamp(event.clientY - grip.y, 0, innerHeight - KEPT_PX);
    target.dataset.place = 'free';
    target.style.left = `${left}px`;
    target.style.top = `${top}px`;
  });
  for (const type of ['pointerup', 'pointercancel'] as const) {
    handle.addEventListener(type, () => {
      grip = undefined;
    });
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
