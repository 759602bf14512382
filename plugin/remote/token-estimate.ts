/** English has about four bytes a token; names, and other scripts, fewer. */
const BYTES_PER_TOKEN = 3;

/** Tokens of a text, rather too many: no server need be asked, and the same talk is always counted the same. */
export function estimatedTokens(text: string): number {
  return Math.ceil(new TextEncoder().encode(text).length / BYTES_PER_TOKEN);
}
