import { execFileSync } from 'node:child_process';

/** Browser tests run on the built package and game. */
export default function setup(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
}
