/** The sample game's saved files, seen from a page of its origin while the game is not open. */
import type { Page } from 'playwright-core';

/** Below the origin's root, by what they are; two generations each, `.0` and `.1`. */
const FOLDER = 'parley/saltmere/main';
export const SAVED = {
  talk: (id: string) => `${FOLDER}/${id}%2Etalk`,
  cache: (id: string) => `${FOLDER}/${id}/1.kv`,
};

/** Both generations of a saved value, the newer one first; empty where there is none. */
export async function readGenerations(page: Page, key: string): Promise<{ path: string; bytes: Buffer }[]> {
  const files = await Promise.all(
    [0, 1].map(async (suffix) => {
      const path = `${key}.${suffix}`;
      return { path, bytes: Buffer.from(await page.evaluate(readFile, path), 'base64') };
    }),
  );
  const generation = ({ bytes }: { bytes: Buffer }) => (bytes.length < 16 ? 0 : bytes.readUInt32LE(4));
  return files.sort((a, b) => generation(b) - generation(a));
}

export async function writeSaved(page: Page, path: string, bytes: Uint8Array): Promise<void> {
  await page.evaluate(writeFile, [path, Buffer.from(bytes).toString('base64')] as const);
}

/** The store's line on a file below the slot's folder. */
export const ONE_DAMAGED = (file: string) =>
  `info: Parley: one of two saves of saltmere/main/${file} is cut short or damaged; the other is used.`;
export const BOTH_DAMAGED = (file: string) =>
  `warning: Parley: what was saved of saltmere/main/${file} is cut short or damaged; it begins anew.`;

/** What a fault leaves of a file. */
export const DAMAGE = {
  'cut short': (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1),
  'one bit flipped': (bytes: Buffer) => {
    const copy = Buffer.from(bytes);
    copy[copy.length >> 1]! ^= 0x10;
    return copy;
  },
};

async function readFile(path: string): Promise<string> {
  const names = path.split('/');
  let folder = await navigator.storage.getDirectory();
  try {
    for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name);
    const bytes = new Uint8Array(
      await (await (await folder.getFileHandle(names.at(-1)!)).getFile()).arrayBuffer(),
    );
    let text = '';
    for (let at = 0; at < bytes.length; at += 32768) {
      text += String.fromCharCode(...bytes.subarray(at, at + 32768));
    }
    return btoa(text);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return '';
    throw error;
  }
}

async function writeFile([path, base64]: readonly [string, string]): Promise<void> {
  const names = path.split('/');
  let folder = await navigator.storage.getDirectory();
  for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name);
  const file = await (await folder.getFileHandle(names.at(-1)!, { create: true })).createWritable();
  await file.write(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
  await file.close();
}
