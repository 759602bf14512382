import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/**
 * Runs one stage of a check in this terminal; ends the whole check where it fails.
 * @param {string} name
 * @param {string} script path of a JavaScript file, from the root
 * @param {readonly string[]} args
 */
export function runStage(name, script, args = []) {
  console.log(`\n── ${name}`);
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status !== 0) {
    console.error(`\n${name} failed.`);
    process.exit(status ?? 1);
  }
  console.log(`── ${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

/** What `npm run check` and `npm test` share: quick looks at the sources. */
export function checkSources() {
  runStage('format and lint', 'node_modules/@biomejs/biome/bin/biome', ['check', '.']);
  runStage('types', 'node_modules/typescript/bin/tsc', ['-b']);
}

/** @param {readonly string[]} projects of vitest.config.ts */
export function runTests(projects) {
  const selected = projects.flatMap((name) => ['--project', name]);
  runStage(`tests: ${projects.join(', ')}`, 'node_modules/vitest/vitest.mjs', ['run', ...selected]);
}
