/**
 * Rotates adjacent pairs of each head by the angles of one position, in place.
 * x: f32[heads][headSize]; table: f32[headSize] cosines, each twice, then f32[headSize] sines as (-s, s) pairs.
 * @source Su et al. 2021, "RoFormer"; pairs are adjacent as in every llama GGUF
 */
export function rotate(x: usize, table: usize, heads: i32, headSize: i32): void {
  const sines = table + (<usize>headSize << 2);
  for (let head = 0; head < heads; head++) {
    for (let i: usize = 0; i < <usize>headSize << 2; i += 16) {
      const v = v128.load(x + i);
      const swapped = v128.shuffle<f32>(v, v, 1, 0, 3, 2);
      v128.store(
        x + i,
        f32x4.add(f32x4.mul(v, v128.load(table + i)), f32x4.mul(swapped, v128.load(sines + i))),
      );
    }
    x += <usize>headSize << 2;
  }
}
