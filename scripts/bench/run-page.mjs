/** Runs one benchmark page in a browser, without a driver: the page posts what it measured. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import esbuild from 'esbuild';
import { embedWorker } from '../build/library.mjs';
import { startStaticServer } from '../server/static-server.mjs';
import { startBrowser } from './browsers.mjs';
import { peakMemory } from './peak-memory.mjs';

const TIMEOUT_MS = 20 * 60_000;
const PAGE =
  '<!doctype html><link rel="icon" href="data:,"><body style="margin:0"><script type="module" src="page.js"></script>';

/** @typedef {import('./chromium-trace.mjs').TracedMark} TracedMark */

/**
 * @typedef {object} PageRun
 * @property {string} browser one of BROWSER_NAMES
 * @property {string} entry the page's script
 * @property {string} worker the engine's built worker, which the script embeds
 * @property {string} model
 * @property {object} options beside `modelUrl`, for the page
 * @property {Record<string, string>} [scripts] other files of the page
 * @property {Record<string, string>} [links] files or folders to serve, by name
 * @property {boolean} [traced] where the browser can, gives what the page marked
 */

/**
 * @param {PageRun} run
 * @returns {Promise<{ result: any, browser: string, peakMemoryBytes: number | undefined, marks: TracedMark[] | undefined }>}
 * @throws the page's error
 */
export async function runPage(run) {
  const { browser: name, entry, worker, model, options, scripts = {}, links = {}, traced } = run;
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  await mkdir(join(folder, 'profile'));
  await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    outfile: join(folder, 'page.js'),
    plugins: [embedWorker(worker)],
    logLevel: 'warning',
  });
  await writeFile(join(folder, 'index.html'), PAGE);
  for (const [file, source] of Object.entries(scripts)) await writeFile(join(folder, file), source);
  for (const [file, target] of Object.entries({ ...links, 'model.gguf': model })) {
    await symlink(resolve(target), join(folder, file));
  }
  /** @type {(body: string) => void} */
  let onReport = () => undefined;
  const reported = new Promise((resolve) => {
    onReport = resolve;
  });
  const server = await startStaticServer(0, { root: folder, onReport });
  const pageOptions = { modelUrl: 'model.gguf', ...options };
  const address = `${server.url}#${encodeURIComponent(JSON.stringify(pageOptions))}`;
  const browser = startBrowser(name, address, folder, traced);
  const timeout = setTimeout(() => onReport('{"error":"no result after 20 minutes"}'), TIMEOUT_MS);
  try {
    const result = JSON.parse(String(await reported));
    if (result.error) throw new Error(result.error);
    const marks = await browser.trace?.end();
    return { result, browser: browser.name, peakMemoryBytes: peakMemory(browser.pid), marks };
  } finally {
    clearTimeout(timeout);
    browser.stop();
    await server.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
