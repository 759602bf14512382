import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { benchmarkFiles, PAGE } from '../../../scripts/bench/benchmark-files.mjs';

const MARKS = '<!-- generated: begin -->\nold\n<!-- generated: end -->\n';
const BENCH = {
  machine: 'Some CPU, 2 cores, 8 GiB',
  browser: 'Chromium 1.2.3',
  model: 'Parley 135M (parley-135m.Q4_0.gguf)',
  threads: 1,
  build: 'relaxed',
  prefillTokensPerSecond: 111.1,
  date: '2020-01-01',
};
const CACHE = {
  ...BENCH,
  ttftColdMs: 400,
  ttftReturningMs: 36,
  ttftTypedAheadMs: 20,
  ttftRebuiltMs: 600,
  coldTokens: 280,
  rebuiltTokens: 420,
  returningTokens: 29,
  cachePrefillMs: 1000,
  cacheRestoreMs: 12.5,
  kvBytesPerToken: 12240,
  spread: { ttftColdMs: [390, 410] },
};
const FRAME = {
  frames: 600,
  p50Ms: 16.67,
  p95Ms: 16.68,
  p99Ms: 33.3,
  maxMs: 50,
  workCpuP50Ms: 0.01,
  workCpuP99Ms: 0.1,
  workCpuMaxMs: 1.25,
  workP50Ms: 0.02,
  workP99Ms: 0.2,
  workMaxMs: 1.5,
};
const FRAMES = {
  ...BENCH,
  prefillTokensPerSecond: undefined,
  scene: { width: 800, height: 450, sprites: 300, renderer: 'canvas', phaseSeconds: 10 },
  idle: { ...FRAME, p99Ms: 16.7 },
  phases: [
    {
      ...FRAME,
      mode: 'adaptive',
      talkers: 4,
      idleP99Ms: 16.69,
      p99Ratio: 1.99,
      decodeTokensPerSecond: 44.4,
      prefillTokensPerSecond: 55.5,
      grantedMs: 6.6,
    },
  ],
};
const PEERS = {
  ...BENCH,
  prefillTokensPerSecond: undefined,
  model: 'parley-135m.Q4_0.gguf',
  engines: {
    parley: { prefill: 300, decode: 150, spread: { prefill: [290, 310], decode: [140, 160] } },
    native: { prefill: 600, decode: 200 },
    'wllama newest': { error: 'no <memory> | here' },
  },
  ratios: { native: { prefill: 0.5, decode: 0.75 } },
};

describe('benchmark page', () => {
  it('is what npm run bench:plot makes of the saved results', () => {
    const page = readFileSync(join('docs', PAGE), 'utf8');
    const files = benchmarkFiles('tests/bench/results', page, '../tests/bench/results');
    for (const [name, content] of Object.entries(files)) {
      const path = join('docs', name);
      const found = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
      expect(found, `${path} is old: npm run bench:plot`).toBe(content);
    }
  });

  describe('of made-up results', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'parley-results-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    function write(results: Record<string, unknown>): Record<string, string | undefined> {
      for (const [name, result] of Object.entries(results)) {
        writeFileSync(join(folder, `${name}.json`), JSON.stringify(result));
      }
      return benchmarkFiles(folder, MARKS, 'results');
    }

    it('has the newest file of a setting, and dashes for what it lacks', () => {
      const files = write({
        b: { ...BENCH, prefillTokensPerSecond: 222.2, date: '2020-01-02' },
        a: BENCH,
        other: { anything: 1 },
      });
      expect(files[PAGE]).toContain('| Chromium 1.2.3 | relaxed | 1 | 222.2 | – | – | – | – | – |');
      expect(files[PAGE]).toContain('[b.json](results/b.json)');
      expect(files[PAGE]).not.toContain('111.1');
      expect(files['images/speed-browsers.svg']).toContain('>222<');
      expect(files['images/speed-peers.svg']).toBeUndefined();
    });

    it('compares engines, and names the error of one that failed', () => {
      const files = write({ peers: PEERS });
      expect(files[PAGE]).toContain('| Parley | – | 300 (290–310) | 150 (140–160) | – | – |');
      expect(files[PAGE]).toContain('| native llama.cpp | – | 600 | 200 | 0.5 × | 0.75 × |');
      expect(files[PAGE]).toContain('no &lt;memory> \\| here');
      expect(files['images/speed-peers.svg']).toContain('>600 · Parley 0.5×<');
      expect(files['images/speed-peers.svg']).toContain('no &lt;memory&gt; | here');
    });

    it('says what the cache saves where that was measured', () => {
      const files = write({ old: { ...BENCH, build: 'plain', ttftColdMs: 300 }, new: CACHE });
      const row =
        '| 280 / 420 / 29 | 400 (390–410) | 600 | 36 | – | 20 | 0.090 | 0.060 | 0.050 | 1000 | 12.5 | – | 0.013 | 12240 | 2020-01-01 |';
      expect(files[PAGE]).toContain(`| Chromium 1.2.3 | relaxed | 1 ${row}`);
      expect(files[PAGE]!.split('### What the cache saves')[1]).not.toContain('plain');
    });

    it('shows the frames of each budget beside those without talk', () => {
      const files = write({ frames: FRAMES });
      expect(files[PAGE]).toContain(
        '| – | nobody | 16.67 | 16.68 | 16.7 | – | – | – | – | – | 0.01 | 0.1 | 1.25 | 0.02 | 0.2 | 1.5 |',
      );
      expect(files[PAGE]).toContain(
        '| adaptive | 4 | 16.67 | 16.68 | 33.3 | 16.69 | 1.99 | 44.4 | 55.5 | 6.6 | 0.01 | 0.1 | 1.25 | 0.02 | 0.2 | 1.5 |',
      );
      expect(files[PAGE]).toContain('300 sprites, Phaser’s canvas renderer');
      expect(files['images/frames.svg']).toContain('>33.3 · 1.99×<');
    });

    it('gives the same page again', () => {
      const files = write({ peers: PEERS, bench: CACHE, frames: FRAMES });
      expect(benchmarkFiles(folder, files[PAGE]!, 'results')).toEqual(files);
    });
  });
});
