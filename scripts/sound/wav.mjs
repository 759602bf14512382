// Writes sounds as WAV files: one channel, 16 bits.
import { writeFileSync } from 'node:fs';

const HEADER = 44;

/** Writes a sound of samples in -1..1; louder ones are an error of whoever made it, not something to hide by clipping. */
export function writeWav(file, { rate, samples }) {
  const loudest = samples.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  if (!(loudest <= 1))
    throw new RangeError(`writeWav: ${file}: got a peak of ${loudest}, expected at most 1`);
  const bytes = Buffer.alloc(HEADER + samples.length * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((v, i) => {
    bytes.writeInt16LE(Math.round(v * 32767), HEADER + i * 2);
  });
  writeFileSync(file, bytes);
}
