// The weights of a step are read once, in order, and from memory. The prefetcher of a processor follows them only to the end
// of a page of 4 KiB, and so much is computed between two loads that few of them are under way at a time. So lines further on
// are read early and thrown away, from several places at once that are in different parts of their pages. It helps or harms
// by processor, so it is measured (engine/model/read-ahead.ts).

const LINE: usize = 64;
/** Places that are read at once. */
const STREAMS: usize = 8;
/** Lines from one place to the next: more than a page, and no multiple of one. */
const STREAM_LINES: usize = 81;
const STREAM: usize = STREAM_LINES * LINE;
/** What the streams cover together: how far ahead is read. */
const SPAN: usize = STREAMS * STREAM;
/** Bytes of weights between two calls of `readAhead`, which reads as many. */
const STEP: usize = STREAMS * LINE;

/** Not 0 where reading ahead pays. */
const ON = memory.data<u32>([1]);

/** Reads ahead from the next matrix on, in all threads, or not. */
export function setReadAhead(on: i32): void {
  store<u32>(ON, on);
}

/** Where `readAhead` is to be called first, for weights from `begin` on. */
// @ts-ignore: decorator
@inline
export function firstReadAhead(begin: usize): usize {
  return load<u32>(ON) ? begin : usize.MAX_VALUE;
}

/**
 * Reads lines that will be wanted after another SPAN bytes: those of this matrix, then what stands behind it.
 * Returns where to call it again; begin: of the weights, at: what the last call returned.
 */
// @ts-ignore: decorator
@inline
export function readAhead(begin: usize, at: usize): usize {
  const step = (at - begin) / STEP;
  const span = step / STREAM_LINES;
  const from = begin + SPAN * (span + 1) + (step - span * STREAM_LINES) * LINE;
  // Past the end of memory there is nothing to read.
  if (from < (<usize>memory.size() << 16) - SPAN) {
    load<i32>(from);
    load<i32>(from, STREAM);
    load<i32>(from, 2 * STREAM);
    load<i32>(from, 3 * STREAM);
    load<i32>(from, 4 * STREAM);
    load<i32>(from, 5 * STREAM);
    load<i32>(from, 6 * STREAM);
    load<i32>(from, 7 * STREAM);
  }
  return at + STEP;
}
