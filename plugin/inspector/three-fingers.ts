const HOLD_MS = 600;

/** Calls back when three fingers rest on an element. @returns ends it */
export function onThreeFingers(target: HTMLElement, call: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onTouch = ({ type, touches }: TouchEvent) => {
    clearTimeout(timer);
    if (type === 'touchstart' && touches.length === 3) timer = setTimeout(call, HOLD_MS);
  };
  const types = ['touchstart', 'touchend', 'touchcancel'] as const;
  for (const type of types) target.addEventListener(type, onTouch, { passive: true });
  return () => {
    clearTimeout(timer);
    for (const type of types) target.removeEventListener(type, onTouch);
  };
}
