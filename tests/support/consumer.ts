/** Projects of users: the packed package beside a Phaser, and the files of the guide. */
import { execFileSync } from 'node:child_process';
import { link, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { guideFiles } from './guide-files.js';

const FOLDER = 'build/consumers';
const MODEL = 'parley-135m.Q4_0.gguf';
const GUIDE = 'docs/getting-started.md';

/** Packs the package as npm would publish it. @returns the tarball's path */
export async function packPackage(): Promise<string> {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  // The build has just been made.
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', FOLDER], { stdio: 'pipe' });
  const [tarball] = (await readdir(FOLDER)).filter((name) => name.endsWith('.tgz'));
  return join(FOLDER, tarball!);
}

/**
 * A project with the guide's files, the packed package and a Phaser.
 * @param phaser name in this repository's node_modules
 * @returns its absolute folder
 */
export async function createProject(name: string, tarball: string, phaser: string): Promise<string> {
  const folder = resolve(FOLDER, name);
  const library = join(folder, 'node_modules/phaser-parley');
  await mkdir(library, { recursive: true });
  execFileSync('tar', ['xzf', tarball, '-C', library, '--strip-components=1']);
  await symlink(resolve('node_modules', phaser), join(folder, 'node_modules/phaser'));
  for (const [path, text] of guideFiles(GUIDE)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  // What `parley model copy` would put there, without a second copy on the disk.
  await mkdir(join(folder, 'public/models'));
  await link(`assets/models/${MODEL}`, join(folder, 'public/models', MODEL));
  return folder;
}
