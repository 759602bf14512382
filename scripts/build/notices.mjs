/** Licences of what is bundled: minifying drops them from the scripts, and they ask to stand beside them. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Name of the file beside the bundles. */
export const NOTICES = 'THIRD-PARTY-NOTICES.txt';
const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:\.\w+)?$/i;
const PACKAGE_FOLDER = /^.*\/?node_modules\/(?:@[^/]+\/)?[^/]+/;

/**
 * The packages whose code came into bundles.
 * @param {readonly (import('esbuild').Metafile | undefined)[]} metafiles
 * @returns {string[]} their folders, sorted by name
 */
export function bundledPackages(metafiles) {
  /** @type {Map<string, string>} */
  const folders = new Map();
  for (const metafile of metafiles) {
    for (const { inputs } of Object.values(metafile?.outputs ?? {})) {
      for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
        const folder = bytesInOutput > 0 && PACKAGE_FOLDER.exec(path)?.[0];
        if (folder) folders.set(folder.slice(folder.lastIndexOf('node_modules/') + 13), folder);
      }
    }
  }
  return [...folders].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, folder]) => folder);
}

/**
 * Name, version and licence of each package.
 * @param {readonly string[]} folders of packages
 * @returns {Promise<string[]>} to be joined
 * @throws Error a package has no licence file: it cannot be bundled without one
 */
export function readNotices(folders) {
  return Promise.all(folders.map(readNotice));
}

/** @param {string} folder */
async function readNotice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => LICENCE_FILE.test(file)).sort();
  if (files.length === 0) {
    throw new Error(`Got no licence file in ${name} ${version}; expected LICENSE or the like.`);
  }
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return `${'='.repeat(78)}\n${name} ${version} (${license})\n\n${texts.map((text) => text.trim()).join('\n\n')}\n\n`;
}
