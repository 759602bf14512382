/**
 * Runs the tests of tests/personas on the bundled model, with the seeds of the personas, and writes their report beside
 * them. Ends with status 1 where a bar is missed. Not part of `npm test`: it takes too long.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { barsOf, reportPage } from './persona/test-report.mjs';
import { runStage } from './run-stage.mjs';

const FOLDER = 'tests/personas';
const MODEL = 'assets/models/parley-135m.Q4_0.gguf';
const REPORT = join(FOLDER, 'report.json');

process.chdir(join(import.meta.dirname, '..'));
runStage('build', 'scripts/build.mjs');

// An old report must not pass for this one's where the run breaks off.
rmSync(REPORT, { force: true });
const personas = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .map((name) => join(FOLDER, name));
const args = ['dist/cli/parley.mjs', 'test', ...personas, '--model', MODEL, '--out', REPORT];
// Its status says whether every test passed; the bars ask for less.
spawnSync(process.execPath, args, { stdio: 'inherit' });

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const date = new Date().toISOString().slice(0, 10);
const report = { parley: version, date, ...JSON.parse(readFileSync(REPORT, 'utf8')) };
writeFileSync(REPORT, `${JSON.stringify(report, undefined, 2)}\n`);
writeFileSync(join(FOLDER, 'report.md'), reportPage(report));
const missed = barsOf(report).filter(({ met }) => !met);
for (const { what, bar, got } of missed) console.error(`Missed: ${what} ${got}; expected ${bar}.`);
if (missed.length > 0) process.exitCode = 1;
