import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file, and the folders it stands in.
 * @param force writes over a file that exists
 * @throws Error the file exists, or cannot be written
 */
export async function writeNewFile(path: string, text: string, force: boolean): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(path, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new Error(
      exists ? `${path} exists already. Use --force to write over it.` : `${path}: ${String(error)}`,
    );
  }
}
