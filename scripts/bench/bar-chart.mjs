/** Panels of horizontal bars as SVG text; every panel has two charts side by side, each with its own scale. */

/**
 * @typedef {object} Bar
 * @property {number} [value] none: only the text is drawn
 * @property {[number, number] | undefined} [spread]
 * @property {string} text behind the bar
 */

/**
 * @typedef {object} Row
 * @property {string} label
 * @property {string} colour
 * @property {boolean} [first] of a group, which stands apart
 * @property {Bar[]} bars one a column
 */

/**
 * @typedef {object} Panel
 * @property {string} title
 * @property {string} [setting] machine, browser and date where they differ between panels
 * @property {Row[]} rows
 */

/**
 * @typedef {object} Chart
 * @property {string} title
 * @property {string[]} lines under the title
 * @property {string[]} columns
 * @property {number} labelWidth
 * @property {number} textWidth room for the text behind the longest bar
 * @property {Panel[]} panels
 */

const WIDTH = 960;
const MARGIN = 28;
const GAP = 24;
const BAR = 18;
const PITCH = 28;
const GROUP_GAP = 10;
const INK = '#1f2328';
const FAINT = '#57606a';
const GRID = '#d8dee4';
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** @param {Chart} chart */
export function drawBarChart({ title, lines, columns, labelWidth, textWidth, panels }) {
  const columnWidth = (WIDTH - 2 * MARGIN - labelWidth - GAP * (columns.length - 1)) / columns.length;
  const xs = columns.map((_, i) => MARGIN + labelWidth + i * (columnWidth + GAP));
  /** @type {string[]} */
  const parts = [text(MARGIN, 42, title, { size: 20, weight: 600 })];
  let y = 42;
  for (const line of lines) {
    y += 21;
    parts.push(text(MARGIN, y, line, { size: 13, colour: FAINT }));
  }
  for (const panel of panels) {
    y += 42;
    parts.push(text(MARGIN, y, panel.title, { size: 15, weight: 600 }));
    if (panel.setting) {
      y += 20;
      parts.push(text(MARGIN, y, panel.setting, { size: 12, colour: FAINT }));
    }
    y += 26;
    columns.forEach((column, i) => {
      parts.push(text(xs[i] ?? 0, y, column, { size: 12, weight: 600 }));
    });
    y += 10;
    const height = rowsHeight(panel.rows);
    columns.forEach((_, i) => {
      parts.push(...drawColumn(panel.rows, i, xs[i] ?? 0, y, columnWidth - textWidth, height));
    });
    parts.push(...drawLabels(panel.rows, y, labelWidth));
    y += height + 18;
  }
  const height = y + MARGIN - 4;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title" font-family="${FONT}">`,
    `<title id="title">${escapeXml([title, ...lines].join('. '))}</title>`,
    // Solid, because the page behind may be light or dark.
    `<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8" fill="#ffffff" stroke="#d0d7de"/>`,
    ...parts,
    '</svg>',
  ].join('\n')}\n`;
}

/** @param {readonly Row[]} rows */
function rowsHeight(rows) {
  return rowTops(rows).bottom;
}

/** @param {readonly Row[]} rows */
function rowTops(rows) {
  let bottom = 4;
  const tops = rows.map(({ first }, i) => {
    if (first && i > 0) bottom += GROUP_GAP;
    const top = bottom + (PITCH - BAR) / 2;
    bottom += PITCH;
    return top;
  });
  return { tops, bottom: bottom + 4 };
}

/**
 * @param {readonly Row[]} rows
 * @param {number} y
 * @param {number} labelWidth
 */
function drawLabels(rows, y, labelWidth) {
  const { tops } = rowTops(rows);
  return rows.map(({ label }, i) =>
    text(MARGIN + labelWidth - 10, y + (tops[i] ?? 0) + 13.5, label, { size: 13, anchor: 'end' }),
  );
}

/**
 * @param {readonly Row[]} rows
 * @param {number} column
 * @param {number} x
 * @param {number} y
 * @param {number} width of the longest bar
 * @param {number} height
 */
function drawColumn(rows, column, x, y, width, height) {
  const bars = rows.map(({ bars }) => bars[column]);
  const { ticks, end } = axis(
    Math.max(...bars.map((bar) => Math.max(bar?.value ?? 0, bar?.spread?.[1] ?? 0))),
  );
  const place = (/** @type {number} */ value) => round(x + (value / end) * width);
  /** @type {string[]} */
  const out = [];
  for (const tick of ticks) {
    const at = place(tick);
    out.push(`<path d="M${at} ${y}V${y + height}" stroke="${tick === 0 ? FAINT : GRID}"/>`);
    out.push(text(at, y + height + 14, String(tick), { size: 11, colour: FAINT, anchor: 'middle' }));
  }
  const { tops } = rowTops(rows);
  rows.forEach(({ colour }, i) => {
    const bar = bars[i];
    if (!bar) return;
    const top = y + (tops[i] ?? 0);
    let right = x;
    if (bar.value !== undefined) {
      right = place(bar.value);
      out.push(
        `<rect x="${x}" y="${top}" width="${round(right - x)}" height="${BAR}" rx="2" fill="${colour}"/>`,
      );
    }
    if (bar.spread) {
      const [low, high] = bar.spread.map(place);
      const middle = top + BAR / 2;
      const whisker = `M${low} ${middle}H${high}M${low} ${middle - 4}v8M${high} ${middle - 4}v8`;
      out.push(`<path d="${whisker}" stroke="#ffffff" stroke-width="3.5" fill="none"/>`);
      out.push(`<path d="${whisker}" stroke="${INK}" stroke-width="1.5" fill="none"/>`);
      right = Math.max(right, high ?? right);
    }
    out.push(text(round(right + 8), top + 13.5, bar.text, { size: 12, halo: true }));
  });
  return out;
}

/**
 * Three to six round steps from 0; the last one may lie below the largest value.
 * @param {number} largest
 */
function axis(largest) {
  const end = largest > 0 ? largest : 1;
  const power = 10 ** Math.floor(Math.log10(end / 3));
  const step = [5, 2, 1].map((digit) => digit * power).find((size) => end / size >= 3) ?? power;
  const count = Math.floor(end / step + 1e-9);
  return { end, ticks: Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(6))) };
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} content
 * @param {{ size: number, weight?: number, colour?: string, anchor?: string, halo?: boolean }} style
 */
function text(x, y, content, { size, weight, colour = INK, anchor, halo }) {
  const attributes = [
    `x="${x}" y="${y}" font-size="${size}" fill="${colour}"`,
    ...(weight ? [`font-weight="${weight}"`] : []),
    ...(anchor ? [`text-anchor="${anchor}"`] : []),
    // Keeps the lines of the scale out of the letters.
    ...(halo ? ['stroke="#ffffff" stroke-width="4" paint-order="stroke" stroke-linejoin="round"'] : []),
  ];
  return `<text ${attributes.join(' ')}>${escapeXml(content)}</text>`;
}

/** @param {string} content */
function escapeXml(content) {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}
