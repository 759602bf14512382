/** What is said of models: names, sizes, how far one is, what went wrong. */
import { EngineError, type TransferProgress } from 'phaser-parley';
import { isStored, type Settings } from '../settings/settings.js';

/** The model that is chosen, in a word or two. */
export function modelName({ model, modelName: name }: Settings): string {
  if (isStored(model)) return name || 'On this device';
  return model === 'off' ? 'Off' : 'Bundled';
}

/** Small ones with a digit behind the point. */
export function megabytes(bytes: number): string {
  return `${amount(bytes)} MB`;
}

export function amount(bytes: number): string {
  const mb = bytes / 1e6;
  return mb < 10 ? mb.toFixed(1) : String(Math.round(mb));
}

/** How far a transfer is, in one line. */
export function transferText({
  stage,
  loadedBytes,
  totalBytes,
  bytesPerSecond,
  secondsLeft,
}: TransferProgress): string {
  if (stage === 'waiting') return 'Another tab of the game loads it.';
  if (stage === 'check') return 'All is here, and is checked.';
  const much = totalBytes ? `${amount(loadedBytes)} of ${megabytes(totalBytes)}` : megabytes(loadedBytes);
  if (stage === 'connecting') return loadedBytes > 0 ? `${much}, connecting…` : 'Asking the server…';
  const speed = bytesPerSecond > 0 ? `, ${megabytes(bytesPerSecond)}/s` : '';
  return `${much}${speed}${secondsLeft === undefined ? '' : `, ${timeLeft(secondsLeft)}`}`;
}

function timeLeft(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s left`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min left` : `${Math.round(minutes / 60)} h left`;
}

/** Of the whole, in percent; empty while that is not known. */
export function percent(loadedBytes: number, totalBytes: number | undefined): string {
  return totalBytes ? `${Math.floor((100 * loadedBytes) / totalBytes)} %` : '';
}

/** What went wrong and what to do, in one sentence; undefined where the player ended it. */
export function transferTrouble(error: unknown, isFile: boolean): string | undefined {
  if (error instanceof Error && error.name === 'AbortError') return undefined;
  const code = error instanceof EngineError ? error.code : 'internal';
  switch (code) {
    case 'model-fetch-failed':
      return 'The file does not come: check the address and the connection, and whether that server lets other pages read it.';
    case 'quota-exceeded':
      return 'There is too little room on this device: remove a model or something else, then try again.';
    case 'model-mismatch':
      return 'What came is not the whole file: try again.';
    case 'storage-unavailable':
      return 'This browser keeps no models: try another one, or a window that is not private.';
    case 'worker-lost':
      return isFile ? 'The copy broke off: try again.' : 'The download broke off: go on with it in the list.';
    default:
  }
  if (/^gguf-/.test(code)) {
    return isFile
      ? 'This file is no whole GGUF model: choose another one.'
      : 'What came is no whole GGUF model: give the address of the .gguf file itself.';
  }
  if (/unsupported/.test(code))
    return 'This game cannot run that kind of model: choose a GGUF of the Llama kind.';
  return 'Something went wrong with this model: try again, or choose another one.';
}
