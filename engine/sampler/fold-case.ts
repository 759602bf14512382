const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** Arguments of one call. */
const MAX_DIRECT = 64;

/** UTF-8 as text without case. A Greek word's last sigma has a form of its own, which depends on where a piece ends. */
export function foldCase(bytes: Uint8Array): string {
  // Most pieces are short and ASCII: a decoder takes ten times as long for them.
  if (bytes.length <= MAX_DIRECT && bytes.every((byte) => byte < 0x80)) {
    return String.fromCharCode(...bytes).toLowerCase();
  }
  return decoder.decode(bytes).toLowerCase().replaceAll('ς', 'σ');
}
