/** Builds and drives the page of the same-bits test. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import esbuild from 'esbuild';
import type { Page } from 'playwright-core';
import { TARGET } from '../../scripts/build/library.mjs';
import type { LogitsDigest } from './logits-digest.js';
import type { LogitsStart } from './logits-worker.js';

/** Below the root that is served, as the model and the kernels are. */
export const LOGITS_PAGE = 'build/same-bits/';

/** Writes an empty page and the worker beside it. */
export async function buildLogitsPage(): Promise<void> {
  await mkdir(LOGITS_PAGE, { recursive: true });
  await Promise.all([
    writeFile(join(LOGITS_PAGE, 'index.html'), '<!doctype html><link rel="icon" href="data:,">'),
    esbuild.build({
      entryPoints: ['tests/support/logits-worker.ts'],
      bundle: true,
      format: 'iife',
      target: TARGET,
      outfile: join(LOGITS_PAGE, 'worker.js'),
      logLevel: 'warning',
    }),
  ]);
}

/** Starts the page's worker for one run. */
export function logitsIn(
  page: Page,
  run: Pick<LogitsStart, 'build' | 'threads' | 'seed'>,
): Promise<LogitsDigest> {
  return page.evaluate(
    (options) =>
      new Promise<LogitsDigest>((resolve, reject) => {
        const worker = new Worker('worker.js');
        worker.onmessage = ({ data }: MessageEvent<LogitsDigest>) => {
          worker.terminate();
          resolve(data);
        };
        worker.onerror = ({ message }) => reject(new Error(message));
        const start: LogitsStart = {
          role: 'logits',
          modelUrl: new URL('/assets/models/parley-135m.Q4_0.gguf', location.href).href,
          kernelUrl: new URL('/build/kernels', location.href).href,
          ...options,
        };
        worker.postMessage(start);
      }),
    run,
  );
}
