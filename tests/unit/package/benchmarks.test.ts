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
      expect(files[PAGE]).toContain('| Chromium 1.2.3 | relaxed | 1 | 222.2 | – | – | – | – | – | – | – |');
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

    it('gives the same page again', () => {
      const files = write({ peers: PEERS, bench: BENCH });
      expect(benchmarkFiles(folder, files[PAGE]!, 'results')).toEqual(files);
    });
  });
});
