import type { Segment } from '../protocol.js';

/**
 * Cuts segments into plain text and ids of special pieces; neighbouring plain text is joined across segments, so that a
 * border between trusted and untrusted text changes no merge. Longer pieces win over shorter ones.
 * @param specials piece to id
 */
export function splitSpecialPieces(
  segments: readonly Segment[],
  specials: ReadonlyMap<string, number>,
): (string | number)[] {
  const pattern = patternOf(specials);
  const parts: (string | number)[] = [];
  const addText = (text: string) => {
    if (text === '') return;
    const last = parts.at(-1);
    if (typeof last === 'string') parts[parts.length - 1] = last + text;
    else parts.push(text);
  };
  for (const { text, trusted } of joinEqual(segments)) {
    if (!trusted || !pattern) {
      addText(text);
      continue;
    }
    let end = 0;
    for (const match of text.matchAll(pattern)) {
      addText(text.slice(end, match.index));
      parts.push(specials.get(match[0])!);
      end = match.index + match[0].length;
    }
    addText(text.slice(end));
  }
  return parts;
}

/** Neighbours of equal trust become one, so that a special piece may stand across two trusted segments. */
export function joinEqual(segments: readonly Segment[]): Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    if (last?.trusted === segment.trusted) {
      joined[joined.length - 1] = { text: last.text + segment.text, trusted: last.trusted };
    } else {
      joined.push(segment);
    }
  }
  return joined;
}

const patterns = new WeakMap<ReadonlyMap<string, number>, RegExp | undefined>();

function patternOf(specials: ReadonlyMap<string, number>): RegExp | undefined {
  if (patterns.has(specials)) return patterns.get(specials);
  const pieces = [...specials.keys()].filter((piece) => piece !== '').sort((a, b) => b.length - a.length);
  const escaped = pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  const pattern = escaped.length > 0 ? new RegExp(escaped.join('|'), 'gu') : undefined;
  patterns.set(specials, pattern);
  return pattern;
}
