import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/**
 * Runs one stage of a check in this terminal; ends the whole check where it fails.
 * @param {string} name
 * @param {string} script path of a JavaScript file, from the root
 * @param {readonly string[]} args
 */
export function runStage(name, script, args = []) {
  const status = run(name, script, args);
  if (status === 0) return;
  console.error(`\n${name} failed.`);
  process.exit(status);
}

/**
 * @param {string} name
 * @param {string} script
 * @param {readonly string[]} args
 * @returns {number} the exit status
 */
function run(name, script, args) {
  console.log(`\n── ${name}`);
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  console.log(`── ${name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return status ?? 1;
}

/** What `npm run check` and `npm test` share: quick looks at the sources. */
export function checkSources() {
  runStage('format and lint', 'node_modules/@biomejs/biome/bin/biome', ['check', '.']);
  runStage('types', 'node_modules/typescript/bin/tsc', ['-b']);
  // The build above sees Phaser 4.
  runStage('types beside Phaser 3', 'node_modules/typescript/bin/tsc', [
    '-p',
    'tests/types/tsconfig.phaser-3.json',
  ]);
}

const REPORT = 'build/test-report.json';

/**
 * Runs tests and closes with one plain line of counts.
 * @param {readonly string[]} projects of vitest.config.ts
 */
export function runTests(projects) {
  const selected = projects.flatMap((name) => ['--project', name]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
  const status = run(`tests: ${projects.join(', ')}`, 'node_modules/vitest/vitest.mjs', [
    'run',
    ...selected,
    ...reporters,
  ]);
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(join(ROOT, REPORT), 'utf8'));
  console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
  if (status !== 0) process.exit(status);
}
