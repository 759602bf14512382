/** How sizes, times and names of models are written. */
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
