/**
 * Attention over an f16 cache, in plain TypeScript: what our int8 cache and integer attention are measured against.
 * It stands in the place of two kernels and takes keys and values before they are quantized; all else stays as it is.
 */
import type { Kernels } from '../../engine/model/kernels.js';
import { PAGE_POSITIONS } from '../../engine/model/kv-cache.js';
import { roundToF16 } from './round-to-f16.js';

/** One layer's part of a page: f16 values as doubles, keys and values f64[heads][PAGE_POSITIONS][headSize]. */
interface Page {
  readonly keys: Float64Array;
  readonly values: Float64Array;
}

/** One query head of one row. */
interface Attending {
  readonly query: Float64Array;
  /** Pages that the row sees, in order. */
  readonly pages: readonly Page[];
  readonly positions: number;
  /** Scores, then unnormalized weights; zero past the row's position. */
  readonly weights: Float64Array;
  readonly out: Float64Array;
  /** Byte offset of the result. */
  readonly to: number;
}

/** The kernels, for a pool of one thread, with queries, softmax weights and sums in double precision. */
export function withF16Attention(kernels: Kernels, memory: WebAssembly.Memory): Kernels {
  /** By byte offset of the layer's part of the page. */
  const pages = new Map<number, Page>();
  const floats = (at: number, n: number) => new Float32Array(memory.buffer, at, n);

  const storeKeyValue: Kernels['storeKeyValue'] = (page, slot, key, value, heads, headSize) => {
    const empty = () => new Float64Array(heads * PAGE_POSITIONS * headSize);
    const { keys, values } = pages.get(page) ?? { keys: empty(), values: empty() };
    pages.set(page, { keys, values });
    for (let head = 0; head < heads; head++) {
      const from = head * headSize * 4;
      const to = (head * PAGE_POSITIONS + slot) * headSize;
      keys.set(roundToF16(floats(key + from, headSize)), to);
      values.set(roundToF16(floats(value + from, headSize)), to);
    }
  };

  const attend: Kernels['attend'] = (...args) => {
    const [out, query, pageTables, tableLength, positions, layerOffset, , ropeTable] = args;
    const [, , , , , , , , kvHeads, queryHeads, headSize, , itemBegin, itemEnd] = args;
    const byKvHead = Array.from({ length: kvHeads }, (): Attending[] => []);
    for (let item = itemBegin; item < itemEnd; item++) {
      const row = Math.floor(item / kvHeads);
      const position = new Uint32Array(memory.buffer, positions, row + 1)[row]!;
      const pageCount = Math.floor(position / PAGE_POSITIONS) + 1;
      const table = new Uint32Array(memory.buffer, pageTables + row * tableLength * 4, pageCount);
      const seen = Array.from(table, (page) => pages.get(page + layerOffset)!);
      const first = item * queryHeads * headSize * 4;
      kernels.rotate(query + first, ropeTable + position * headSize * 8, queryHeads, headSize);
      for (let head = 0; head < queryHeads; head++) {
        const at = first + head * headSize * 4;
        byKvHead[item % kvHeads]!.push({
          query: Float64Array.from(floats(query + at, headSize)),
          pages: seen,
          positions: position + 1,
          weights: new Float64Array(pageCount * PAGE_POSITIONS),
          out: new Float64Array(headSize),
          to: out + at,
        });
      }
    }
    byKvHead.forEach((heads, kvHead) => {
      attendHeads(heads, kvHead * PAGE_POSITIONS * headSize);
      for (const head of heads) floats(head.to, headSize).set(head.out);
    });
  };

  return { ...kernels, storeKeyValue, attend };
}

/**
 * out = softmax(query · keys / sqrt(headSize)) · values; `block`: where the KV head's block begins in keys and values.
 * Pages are in the outer loop, so that one is read from memory once for all rows.
 */
function attendHeads(heads: readonly Attending[], block: number): void {
  const pageCount = Math.max(...heads.map(({ pages }) => pages.length));
  for (let page = 0; page < pageCount; page++) {
    for (const head of heads) if (page < head.pages.length) scorePage(head, page, block);
  }
  for (const head of heads) softmax(head);
  for (let page = 0; page < pageCount; page++) {
    for (const head of heads) if (page < head.pages.length) addPage(head, page, block);
  }
}

/** Four positions at a time: each number that is read serves more than once. */
function scorePage({ query, weights, pages }: Attending, page: number, block: number): void {
  const { keys } = pages[page]!;
  const size = query.length;
  const scale = 1 / Math.sqrt(size);
  for (let slot = 0; slot < PAGE_POSITIONS; slot += 4) {
    const at = block + slot * size;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0; i < size; i++) {
      const q = query[i]!;
      a += q * keys[at + i]!;
      b += q * keys[at + size + i]!;
      c += q * keys[at + 2 * size + i]!;
      d += q * keys[at + 3 * size + i]!;
    }
    const first = page * PAGE_POSITIONS + slot;
    weights[first] = a * scale;
    weights[first + 1] = b * scale;
    weights[first + 2] = c * scale;
    weights[first + 3] = d * scale;
  }
}

function softmax({ weights, positions }: Attending): void {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < positions; i++) top = Math.max(top, weights[i]!);
  let sum = 0;
  for (let i = 0; i < positions; i++) sum += weights[i] = Math.exp(weights[i]! - top);
  for (let i = 0; i < positions; i++) weights[i]! /= sum;
  weights.fill(0, positions);
}

function addPage({ out, weights, pages }: Attending, page: number, block: number): void {
  const { values } = pages[page]!;
  const size = out.length;
  for (let slot = 0; slot < PAGE_POSITIONS; slot += 4) {
    const at = block + slot * size;
    const first = page * PAGE_POSITIONS + slot;
    const a = weights[first]!;
    const b = weights[first + 1]!;
    const c = weights[first + 2]!;
    const d = weights[first + 3]!;
    for (let i = 0; i < size; i++) {
      out[i]! +=
        a * values[at + i]! +
        b * values[at + size + i]! +
        (c * values[at + 2 * size + i]! + d * values[at + 3 * size + i]!);
    }
  }
}
