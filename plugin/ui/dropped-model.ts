/** Set on the element while a file is held over it, for a style of the game. */
const HOVER = 'parleyDrop';

/**
 * Takes model files that the player drops on an element, such as the game's parent.
 * @param onFile gets the first `.gguf` file of a drop; other files are ignored
 * @param onOther called for a drop of files without one
 * @returns stops it
 */
export function acceptDroppedModel(
  element: HTMLElement,
  onFile: (file: File) => void,
  onOther: () => void = () => undefined,
): () => void {
  const hover = (on: boolean) => {
    if (on) element.dataset[HOVER] = '';
    else delete element.dataset[HOVER];
  };
  const onOver = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    // Else the browser would open the file in place of the game.
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    hover(true);
  };
  const onLeave = (event: DragEvent) => {
    if (!element.contains(event.relatedTarget as Node | null)) hover(false);
  };
  const onDrop = (event: DragEvent) => {
    hover(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    const model = files.find(({ name }) => /\.gguf$/i.test(name));
    if (model) onFile(model);
    else onOther();
  };
  element.addEventListener('dragover', onOver);
  element.addEventListener('dragleave', onLeave);
  element.addEventListener('drop', onDrop);
  return () => {
    hover(false);
    element.removeEventListener('dragover', onOver);
    element.removeEventListener('dragleave', onLeave);
    element.removeEventListener('drop', onDrop);
  };
}
