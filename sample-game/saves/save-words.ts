/** Times in words, as they stand beside a save. */

/** Such as `12 min` or `1 h 05 min`. */
export function playedText(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** Day and time of this machine, such as `26 Nov, 17:35`. */
export function dateText(time: number): string {
  const date = new Date(time);
  const month = date.toLocaleString('en-GB', { month: 'short' });
  const clock = [date.getHours(), date.getMinutes()].map((n) => String(n).padStart(2, '0')).join(':');
  return `${date.getDate()} ${month}, ${clock}`;
}
