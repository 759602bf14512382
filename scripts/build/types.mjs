import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';

/** Writes `dist/types/` and checks the published sources on the way. */
export async function buildTypes() {
  await rm('dist/types', { recursive: true, force: true });
  await rm('build/engine.tsbuildinfo', { force: true });
  await rm('build/plugin.tsbuildinfo', { force: true });
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'plugin'], { stdio: 'inherit' });
}
