import { cp } from 'node:fs/promises';
import esbuild from 'esbuild';
import { KERNEL_OUTPUT } from './kernels.mjs';

/** Writes `dist/cli/`: the command line as one script, and the kernels that it runs beside it. */
export async function buildCommandLine() {
  await esbuild.build({
    entryPoints: ['cli/parley.ts'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outfile: 'dist/cli/parley.mjs',
    legalComments: 'none',
    logLevel: 'warning',
  });
  await cp(KERNEL_OUTPUT, 'dist/cli/kernels', { recursive: true });
}
