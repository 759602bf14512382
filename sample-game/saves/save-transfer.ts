/** Saves as files of the player. */
import { pickFile } from '../pick-file.js';
import { type SavedGame, writeSaveFile } from './save-file.js';

const ENDING = '.saltmere';

/** Downloads a save. */
export function exportSave(game: SavedGame): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([writeSaveFile(game) as Uint8Array<ArrayBuffer>]));
  const day = new Date(game.savedAt).toISOString().slice(0, 10);
  link.download = `saltmere-${day}${ENDING}`;
  link.click();
  // The download has begun when the task ends.
  setTimeout(() => URL.revokeObjectURL(link.href));
}

/** Lets the player choose a file; undefined where none was chosen. */
export async function pickSaveFile(): Promise<Uint8Array | undefined> {
  const file = await pickFile(ENDING);
  return file && new Uint8Array(await file.arrayBuffer());
}
