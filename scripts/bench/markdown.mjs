/** Figures and tables as Markdown. */

export const DASH = '–';

/**
 * The figure as the file has it.
 * @param {number | undefined} value
 * @param {[number, number]} [spread]
 */
export function figure(value, spread) {
  if (typeof value !== 'number') return DASH;
  return spread ? `${value} (${spread.join(DASH)})` : String(value);
}

/** @param {number | undefined} bytes */
export function megabytes(bytes) {
  return typeof bytes === 'number' ? String(Math.round(bytes / 1e6)) : DASH;
}

/** @param {number | undefined} ratio */
export function times(ratio) {
  return typeof ratio === 'number' ? `${ratio} ×` : DASH;
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * Keeps what a file says from being read as Markdown.
 * @param {string} text
 */
export function escapeMarkdown(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('|', '\\|').replaceAll('\n', ' ');
}
