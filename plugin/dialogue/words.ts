/** Small letters and digits between single spaces, one at each end, so that only whole words are found in it. */
export function words(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase();
  return ` ${(plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(' ')} `;
}
