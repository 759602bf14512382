// Writes JSON the way the repository's formatter wants it, so that drawing again changes nothing.
import { writeFileSync } from 'node:fs';

const WIDTH = 110;

/**
 * @param {unknown} value
 * @param {string} indent of the line that it stands in
 * @param {number} lead characters before it in that line
 * @returns {string}
 */
function text(value, indent, lead) {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const line = `[${value.map((v) => JSON.stringify(v)).join(', ')}]`;
    if (value.every((v) => typeof v !== 'object') && lead + line.length < WIDTH) return line;
    return `[\n${value.map((v) => inner + text(v, inner, inner.length)).join(',\n')}\n${indent}]`;
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const rows = Object.entries(value).map(([key, v]) => {
    const name = `${inner}${JSON.stringify(key)}: `;
    return name + text(v, inner, name.length);
  });
  return rows.length ? `{\n${rows.join(',\n')}\n${indent}}` : '{}';
}

/**
 * @param {string} file
 * @param {unknown} value
 */
export const writeJson = (file, value) => writeFileSync(file, `${text(value, '', 0)}\n`);
