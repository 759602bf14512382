// Writes a bitmap font as a TrueType font, for what the browser itself draws: each run of pixels is one rectangle.
// https://learn.microsoft.com/en-us/typography/opentype/spec/

/** Units of the font for one pixel. */
const UNIT = 64;

/**
 * @param face its name
 * @param list glyphs: { char, rows, top, width }, by code point, with a space among them
 * @param line pixels of a line, which is one em
 * @param base pixels from the top of a line to the base line
 */
export function trueType(face, list, { line, base }) {
  // Glyph 0 is what stands for a letter that is missing: nothing.
  const outlines = [outline([]), ...list.map(({ rows, top }) => outline(rectangles(rows, base - top)))];
  const advances = [line / 2, ...list.map(({ width }) => width + 1)].map((width) => width * UNIT);
  const widest = Math.max(...advances);
  const [ascent, descent] = [base * UNIT, (base - line) * UNIT];
  const codes = list.map(({ char }) => char.codePointAt(0));
  const tables = {
    'OS/2': os2({ widest, ascent, descent, first: codes[0], last: codes.at(-1) }),
    cmap: cmap(codes),
    glyf: Buffer.concat(outlines),
    head: head({ em: line * UNIT, widest, ascent, descent }),
    hhea: numbers([
      ...[2, 1],
      ...[2, 0],
      ...[2, ascent],
      ...[2, descent],
      ...[2, 0],
      ...[2, widest],
      ...Array(3).fill([2, 0]).flat(),
      ...[2, 1],
      ...Array(7).fill([2, 0]).flat(),
      ...[2, outlines.length],
    ]),
    hmtx: numbers(advances.flatMap((advance, i) => [2, advance, 2, leftOf(outlines[i])])),
    loca: numbers(offsets(outlines).flatMap((offset) => [4, offset])),
    maxp: numbers([
      4,
      0x10000,
      2,
      outlines.length,
      2,
      512,
      2,
      128,
      4,
      0,
      2,
      2,
      ...Array(8).fill([2, 0]).flat(),
    ]),
    name: name(face),
    post: numbers([4, 0x30000, 4, 0, 2, -UNIT, 2, UNIT, 4, 0, ...Array(4).fill([4, 0]).flat()]),
  };
  return file(tables);
}

/** Runs of pixels, as [left, bottom, right, top] in units over the base line. */
function rectangles(rows, rise) {
  return rows.flatMap((row, y) =>
    [...row.matchAll(/#+/g)].map(({ index, 0: run }) =>
      [index, rise - y - 1, index + run.length, rise - y].map((pixels) => pixels * UNIT),
    ),
  );
}

function outline(boxes) {
  if (boxes.length === 0) return Buffer.alloc(0);
  const xs = boxes.flatMap(([left, , right]) => [left, left, right, right]);
  const ys = boxes.flatMap(([, bottom, , top]) => [bottom, top, top, bottom]);
  const steps = (values) => values.flatMap((value, i) => [2, value - (values[i - 1] ?? 0)]);
  const glyph = numbers([
    ...[2, boxes.length],
    ...[2, Math.min(...xs), 2, Math.min(...ys), 2, Math.max(...xs), 2, Math.max(...ys)],
    ...boxes.flatMap((_, i) => [2, 4 * i + 3]),
    ...[2, 0],
    // Each point is on the outline.
    ...xs.flatMap(() => [1, 1]),
    ...steps(xs),
    ...steps(ys),
  ]);
  return Buffer.concat([glyph, Buffer.alloc(-glyph.length & 3)]);
}

/** Where a glyph begins: rasterizers move it there. */
function leftOf(glyph) {
  return glyph.length > 0 ? glyph.readInt16BE(2) : 0;
}

function offsets(parts) {
  let at = 0;
  return [0, ...parts.map(({ length }) => (at += length))];
}

/** One segment for each run of code points. */
function cmap(codes) {
  const runs = [];
  for (const [i, code] of codes.entries()) {
    if (runs.at(-1)?.end === code - 1) runs.at(-1).end = code;
    else runs.push({ start: code, end: code, delta: i + 1 - code });
  }
  runs.push({ start: 0xffff, end: 0xffff, delta: 1 });
  const power = 2 ** Math.floor(Math.log2(runs.length));
  const each = (value) => runs.flatMap((run) => [2, value(run)]);
  return numbers([
    ...[2, 0, 2, 1, 2, 3, 2, 1, 4, 12],
    ...[2, 4, 2, 16 + 8 * runs.length, 2, 0],
    ...[2, 2 * runs.length, 2, 2 * power, 2, Math.log2(power), 2, 2 * (runs.length - power)],
    ...each(({ end }) => end),
    ...[2, 0],
    ...each(({ start }) => start),
    ...each(({ delta }) => delta),
    ...each(() => 0),
  ]);
}

function head({ em, widest, ascent, descent }) {
  return numbers([
    ...[4, 0x10000, 4, 0x10000, 4, 0, 4, 0x5f0f3cf5, 2, 1, 2, em],
    // No dates: the same letters are the same file.
    ...[4, 0, 4, 0, 4, 0, 4, 0],
    ...[2, 0, 2, descent, 2, widest, 2, ascent],
    ...[2, 0, 2, 8, 2, 2, 2, 1, 2, 0],
  ]);
}

function os2({ widest, ascent, descent, first, last }) {
  return numbers([
    ...[2, 4, 2, widest, 2, 400, 2, 5, 2, 0],
    ...Array(10).fill([2, 0]).flat(),
    ...[2, 0],
    ...Array(10).fill([1, 0]).flat(),
    ...Array(4).fill([4, 0]).flat(),
    ...[4, 0x20202020, 2, 0x40, 2, first, 2, last],
    ...[2, ascent, 2, descent, 2, 0, 2, ascent, 2, -descent],
    ...[4, 1, 4, 0, 2, 0, 2, 0, 2, 0, 2, 32, 2, 0],
  ]);
}

function name(face) {
  const entries = [
    [1, face],
    [2, 'Regular'],
    [4, face],
    [6, face],
  ];
  const texts = entries.map(([, text]) => Buffer.from(text, 'utf16le').swap16());
  const starts = offsets(texts);
  return Buffer.concat([
    numbers([
      ...[2, 0, 2, entries.length, 2, 6 + 12 * entries.length],
      ...entries.flatMap(([id], i) => [2, 3, 2, 1, 2, 0x409, 2, id, 2, texts[i].length, 2, starts[i]]),
    ]),
    ...texts,
  ]);
}

function file(tables) {
  const entries = Object.entries(tables);
  const power = 2 ** Math.floor(Math.log2(entries.length));
  let at = 12 + 16 * entries.length;
  const padded = entries.map(([, bytes]) => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]));
  const records = entries.flatMap(([tag, bytes], i) => {
    const record = [4, Buffer.from(tag).readUInt32BE(), 4, sum(padded[i]), 4, at, 4, bytes.length];
    at += padded[i].length;
    return record;
  });
  return Buffer.concat([
    numbers([4, 0x10000, 2, entries.length, 2, 16 * power, 2, Math.log2(power)]),
    numbers([2, 16 * (entries.length - power), ...records]),
    ...padded,
  ]);
}

function sum(bytes) {
  let total = 0;
  for (let i = 0; i < bytes.length; i += 4) total = (total + bytes.readUInt32BE(i)) >>> 0;
  return total;
}

/** Pairs of a width in bytes and a number, big end first; a negative one in two's complement. */
function numbers(pairs) {
  const bytes = [];
  for (let i = 0; i < pairs.length; i += 2)
    for (let shift = 8 * (pairs[i] - 1); shift >= 0; shift -= 8) bytes.push((pairs[i + 1] >> shift) & 0xff);
  return Buffer.from(bytes);
}
