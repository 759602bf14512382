/** What the player may set: a plain value, read field by field, so that an old or broken one costs no more than itself. */

/** What speaks for the characters: the model of the game, none, or one on the device by its address. */
export type ModelChoice = 'bundled' | 'off' | `stored:${string}`;

const MODEL = /^(?:bundled|off|stored:sha256:[0-9a-f]{64})$/;
/** A name comes out of a file; no more of it is kept. */
const MOST_NAME_LENGTH = 100;

/** What the model may spend in a frame, in milliseconds of its worker. */
export const BUDGETS = [
  { id: 'low', label: 'Low', ms: 2, note: 'Answers slowly, spares the battery.' },
  { id: 'adaptive', label: 'Adaptive', ms: 'adaptive', note: 'As fast as the picture stays smooth.' },
  { id: 'high', label: 'High', ms: 12, note: 'Answers fast, frames may be late.' },
] as const;

/** How fast lines are typed; `speed` multiplies the usual one. */
export const TEXT_SPEEDS = [
  { id: 'slow', label: 'Slow', speed: 0.6 },
  { id: 'normal', label: 'Normal', speed: 1 },
  { id: 'fast', label: 'Fast', speed: 2.5 },
  { id: 'instant', label: 'Instant', speed: Number.POSITIVE_INFINITY },
] as const;

/** What moves by itself; `reduced` is Parley's setting for bubbles and box. `auto` asks the system. */
export const MOTIONS = [
  { id: 'auto', label: 'As the system', reduced: 'system' },
  { id: 'full', label: 'Full', reduced: false },
  { id: 'reduced', label: 'Reduced', reduced: true },
] as const;

/** Steps of a volume, from silent to full. */
export const VOLUME_STEPS = 10;

export interface Settings {
  readonly model: ModelChoice;
  /** What a model on the device is called; empty for the others. */
  readonly modelName: string;
  readonly budget: (typeof BUDGETS)[number]['id'];
  readonly textSpeed: (typeof TEXT_SPEEDS)[number]['id'];
  readonly motion: (typeof MOTIONS)[number]['id'];
  /** 0 to `VOLUME_STEPS`. */
  readonly sound: number;
  readonly music: number;
}

export const DEFAULT_SETTINGS: Settings = {
  model: 'bundled',
  modelName: '',
  budget: 'adaptive',
  textSpeed: 'normal',
  motion: 'auto',
  sound: 7,
  music: 5,
};

/** Reads what `writeSettings` made; whatever is missing or not understood is the default. */
export function readSettings(text: string | null): Settings {
  const given = parsed(text);
  const oneOf = <Id extends string>(
    list: readonly { readonly id: Id }[],
    value: unknown,
    otherwise: Id,
  ): Id => list.find(({ id }) => id === value)?.id ?? otherwise;
  const volume = (value: unknown, otherwise: number) =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= VOLUME_STEPS
      ? (value as number)
      : otherwise;
  const model = MODEL.test(String(given.model)) ? (given.model as ModelChoice) : DEFAULT_SETTINGS.model;
  return {
    model,
    modelName: isStored(model) ? String(given.modelName ?? '').slice(0, MOST_NAME_LENGTH) : '',
    budget: oneOf(BUDGETS, given.budget, DEFAULT_SETTINGS.budget),
    textSpeed: oneOf(TEXT_SPEEDS, given.textSpeed, DEFAULT_SETTINGS.textSpeed),
    motion: oneOf(MOTIONS, given.motion, DEFAULT_SETTINGS.motion),
    sound: volume(given.sound, DEFAULT_SETTINGS.sound),
    music: volume(given.music, DEFAULT_SETTINGS.music),
  };
}

export function isStored(model: ModelChoice): boolean {
  return model.startsWith('stored:');
}

export function writeSettings(settings: Settings): string {
  return JSON.stringify(settings);
}

function parsed(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
