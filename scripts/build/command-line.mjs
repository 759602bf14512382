import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import esbuild from 'esbuild';
import { KERNEL_OUTPUT } from './kernels.mjs';
import { bundledPackages, NOTICES, readNotices } from './notices.mjs';

/** Writes `dist/cli/`: the command line as one script, the kernels that it runs beside it, and the licences of what is bundled. */
export async function buildCommandLine() {
  const { metafile } = await esbuild.build({
    entryPoints: ['cli/parley.ts'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outfile: 'dist/cli/parley.mjs',
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  });
  const notices = await readNotices(bundledPackages([metafile]));
  await writeFile(join('dist/cli', NOTICES), notices.join(''));
  await cp(KERNEL_OUTPUT, 'dist/cli/kernels', { recursive: true });
}
