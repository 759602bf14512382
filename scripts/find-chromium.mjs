/** Finds the browser of the tests and benchmarks: the environment, the usual places, or installs it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
};

/**
 * The path of a Chromium; ends the process with one line where there is none and none can be installed.
 * @returns {string}
 */
export function findChromium() {
  const wanted = process.env.PARLEY_CHROMIUM;
  if (wanted)
    return existsSync(wanted) ? wanted : fail(`PARLEY_CHROMIUM names ${wanted}, which does not exist.`);
  const places = PLACES[/** @type {keyof typeof PLACES} */ (process.platform)] ?? [];
  return places.find((path) => existsSync(path)) ?? installOnDebian(places) ?? fail('No Chromium was found.');
}

/** @param {readonly string[]} places */
function installOnDebian(places) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return undefined;
  console.log('Installing Chromium with apt-get.');
  const options = {
    stdio: /** @type {const} */ ('inherit'),
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update'], options);
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
  return places.find((path) => existsSync(path));
}

/**
 * @param {string} reason
 * @returns {never}
 */
function fail(reason) {
  console.error(
    `${reason} Install Chromium (Debian: apt-get install -y chromium) or set PARLEY_CHROMIUM to its path.`,
  );
  process.exit(1);
}
