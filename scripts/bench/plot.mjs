/**
 * Draws the saved benchmark results and writes their tables:
 * `npm run bench:plot -- [--results DIR] [--out DIR]`.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { benchmarkFiles, PAGE } from './benchmark-files.mjs';

const ROOT = join(import.meta.dirname, '../..');
const DOCS = join(ROOT, 'docs');

const { values } = parseArgs({
  options: {
    results: { type: 'string', default: join(ROOT, 'tests/bench/results') },
    out: { type: 'string', default: DOCS },
  },
});
const out = resolve(values.out);
if (!existsSync(values.results)) {
  console.error(`--results: there is no folder ${values.results}.`);
  process.exit(1);
}
const page = [join(out, PAGE), join(DOCS, PAGE)].find(existsSync) ?? join(DOCS, PAGE);
const fromPage = relative(out, resolve(values.results)).split(sep).join('/');
const files = benchmarkFiles(values.results, await readFile(page, 'utf8'), fromPage);
for (const [name, content] of Object.entries(files)) {
  const path = join(out, name);
  await mkdir(dirname(path), { recursive: true });
  // A plot of results that are gone would say something else than the page.
  if (content === undefined) await rm(path, { force: true });
  else await writeFile(path, content);
}
