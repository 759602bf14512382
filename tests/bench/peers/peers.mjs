/** The engines of the comparison: three in pages of one Chromium, one in this process. */
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import esbuild from 'esbuild';
import { openNative } from './native.mjs';

const HERE = import.meta.dirname;

/** @type {Record<string, { entry: string, assets: Record<string, string> }>} */
const PAGES = {
  parley: { entry: 'parley.ts', assets: {} },
  'wllama 2.3.1': {
    entry: 'wllama-2.mjs',
    assets: {
      'wllama-2-single.wasm': 'wllama-2/esm/single-thread/wllama.wasm',
      'wllama-2-multi.wasm': 'wllama-2/esm/multi-thread/wllama.wasm',
    },
  },
  'wllama newest': {
    entry: 'wllama-newest.mjs',
    assets: { 'wllama-newest.wasm': 'wllama-newest/esm/wasm/wllama.wasm' },
  },
};

export const PEER_NAMES = [...Object.keys(PAGES), 'native'];

/** @typedef {Omit<import('./pages/peer.js').Peer, 'load'> & { load(): Promise<Record<string, unknown>> }} RunningPeer */

/**
 * Bundles the page of a peer into the folder that is served.
 * @param {string} name
 * @param {string} folder
 * @param {readonly esbuild.Plugin[]} plugins
 */
async function writePage(name, folder, plugins) {
  const { entry, assets } = PAGES[name];
  const slug = entry.replace(/\.\w+$/, '');
  await esbuild.build({
    entryPoints: [join(HERE, 'pages', entry)],
    bundle: true,
    format: 'esm',
    outfile: join(folder, `${slug}.js`),
    plugins: [...plugins],
    logLevel: 'error',
  });
  for (const [file, source] of Object.entries(assets)) {
    await copyFile(join(HERE, 'node_modules', source), join(folder, file));
  }
  await writeFile(
    join(folder, `${slug}.html`),
    `<!doctype html><link rel="icon" href="data:,"><script type="module" src="${slug}.js"></script>`,
  );
  return `${slug}.html`;
}

/**
 * Opens a peer; its model is loaded by `load`.
 * @param {string} name one of PEER_NAMES
 * @param {object} place
 * @param {import('playwright-core').Browser} place.browser
 * @param {string} place.folder what `url` serves, with `model.gguf` in it
 * @param {string} place.url
 * @param {string} place.modelPath
 * @param {readonly esbuild.Plugin[]} place.plugins that Parley's page needs
 * @param {Omit<import('./pages/peer.js').LoadOptions, 'modelUrl'>} options
 * @returns {Promise<RunningPeer>}
 */
export async function openPeer(name, { browser, folder, url, modelPath, plugins }, options) {
  if (name === 'native') return openNative(modelPath, options);
  const file = await writePage(name, folder, plugins);
  // A context of its own gives each engine its own process.
  const page = await (await browser.newContext()).newPage();
  await page.goto(url + file);
  await page.waitForFunction('globalThis.peer !== undefined');
  return {
    load: () =>
      page.evaluate((settings) => /** @type {any} */ (globalThis).peer.load(settings), {
        ...options,
        modelUrl: 'model.gguf',
      }),
    run: async (text, tokens) => {
      await page.bringToFront();
      return page.evaluate(
        ([prompt, count]) => /** @type {any} */ (globalThis).peer.run(prompt, count),
        /** @type {const} */ ([text, tokens]),
      );
    },
  };
}
