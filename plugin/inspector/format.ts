/** Figures as the inspector writes them. */

/** At most one decimal, none from 100 on. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '∞';
  return value.toFixed(Math.abs(value) < 100 && !Number.isInteger(value) ? 1 : 0);
}

export function milliseconds(ms: number | undefined): string {
  return ms === undefined ? '–' : `${figure(ms)} ms`;
}

export function mebibytes(bytes: number): string {
  return `${figure(bytes / 2 ** 20)} MiB`;
}

/** @param ms of the worker's time */
export function perSecond(tokens: number, ms: number): string {
  return ms > 0 ? `${figure((tokens * 1000) / ms)} tok/s` : '–';
}

export function percent(share: number): string {
  return `${figure(share * 100)} %`;
}
