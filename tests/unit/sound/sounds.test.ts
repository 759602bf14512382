import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const committed = fileURLToPath(new URL('../../../assets/sounds', import.meta.url));
const script = fileURLToPath(new URL('../../../scripts/sound/make-all.mjs', import.meta.url));
const MAX_BYTES = 1_500_000;

interface Entry {
  readonly file: string;
  readonly loop?: boolean;
  readonly volume: number;
}
const manifest = JSON.parse(readFileSync(join(committed, 'sounds.json'), 'utf8')) as Record<string, Entry>;

/** The samples of a WAV of one channel and 16 bits, in -1..1. */
function readWav(path: string): { rate: number; samples: number[] } {
  const bytes = readFileSync(path);
  expect(bytes.toString('latin1', 0, 4), path).toBe('RIFF');
  expect([bytes.readUInt16LE(20), bytes.readUInt16LE(22), bytes.readUInt16LE(34)], path).toEqual([1, 1, 16]);
  const samples: number[] = [];
  for (let at = 44; at < bytes.length; at += 2) samples.push(bytes.readInt16LE(at) / 32767);
  return { rate: bytes.readUInt32LE(24), samples };
}

const peak = (samples: readonly number[]) => samples.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
const rms = (samples: readonly number[]) =>
  Math.sqrt(samples.reduce((sum, v) => sum + v * v, 0) / samples.length);
const decibels = (v: number) => 20 * Math.log10(v);

describe('Sound scripts', () => {
  let fresh = '';
  beforeAll(() => {
    fresh = mkdtempSync(join(tmpdir(), 'parley-sound-'));
    execFileSync(process.execPath, [script, fresh]);
  }, 60_000);
  afterAll(() => rmSync(fresh, { recursive: true, force: true }));

  it('make every committed file and no other', () => {
    expect(readdirSync(fresh).sort()).toEqual(readdirSync(committed).sort());
  });

  it('reproduce the committed samples, to one step of 16 bits', () => {
    for (const file of readdirSync(committed)) {
      if (!file.endsWith('.wav')) {
        expect(readFileSync(join(fresh, file), 'utf8'), file).toBe(
          readFileSync(join(committed, file), 'utf8'),
        );
        continue;
      }
      const [mine, theirs] = [readWav(join(fresh, file)), readWav(join(committed, file))];
      expect([mine.rate, mine.samples.length], file).toEqual([theirs.rate, theirs.samples.length]);
      const apart = mine.samples.map((v, i) => v - theirs.samples[i]!);
      expect(peak(apart) * 32767, file).toBeLessThanOrEqual(1.001);
    }
  });
});

describe('Sounds', () => {
  it('are listed, each file once, with a volume', () => {
    const files = Object.values(manifest).map(({ file }) => file);
    const waves = readdirSync(committed).filter((file) => file.endsWith('.wav'));
    expect([...files].sort()).toEqual(waves.sort());
    for (const { volume } of Object.values(manifest)) {
      expect(volume).toBeGreaterThan(0);
      expect(volume).toBeLessThanOrEqual(1);
    }
  });

  it(`weigh less than ${MAX_BYTES} bytes together`, () => {
    const sum = readdirSync(committed).reduce((n, file) => n + statSync(join(committed, file)).size, 0);
    expect(sum).toBeLessThan(MAX_BYTES);
  });

  it.each(Object.entries(manifest))(
    '%s is loud enough, never clipped and without an offset',
    (_key, { file }) => {
      const { samples } = readWav(join(committed, file));
      expect(peak(samples)).toBeLessThan(0.8);
      expect(decibels(rms(samples))).toBeGreaterThan(-26);
      expect(decibels(rms(samples))).toBeLessThan(-14);
      expect(Math.abs(samples.reduce((sum, v) => sum + v, 0) / samples.length)).toBeLessThan(0.01);
    },
  );

  it.each(Object.entries(manifest).filter(([, { loop }]) => loop))(
    '%s loops without a seam: its last step to its first is like any other',
    (_key, { file }) => {
      const { samples } = readWav(join(committed, file));
      const steps = samples.slice(1).map((v, i) => Math.abs(v - samples[i]!));
      const usual = [...steps].sort((a, b) => a - b)[Math.floor(steps.length * 0.99)]!;
      expect(Math.abs(samples[0]! - samples.at(-1)!)).toBeLessThan(usual);
    },
  );

  it.each(Object.entries(manifest).filter(([, { loop }]) => !loop))(
    '%s ends in silence',
    (_key, { file }) => {
      const { samples } = readWav(join(committed, file));
      expect(peak(samples.slice(-20))).toBeLessThan(0.01);
      expect(Math.abs(samples[0]!)).toBeLessThan(0.01);
    },
  );

  it('hold a piece of music of 30 s or more', () => {
    const { rate, samples } = readWav(join(committed, manifest.dusk!.file));
    expect(samples.length / rate).toBeGreaterThanOrEqual(30);
  });
});
