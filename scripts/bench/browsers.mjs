/** Starts a browser on one address, without a driver: the page itself reports what it measured. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../find-chromium.mjs';
import { ChromiumTrace } from './chromium-trace.mjs';

/**
 * @typedef {object} StartedBrowser
 * @property {string} name and version
 * @property {number} pid of the process that all others descend from
 * @property {() => void} stop
 * @property {ChromiumTrace} [trace] where it was asked for, and the browser can
 */

const isRoot = process.getuid?.() === 0;

/**
 * How each browser is started. `profile` is an empty folder.
 * @type {Record<string, (url: string, profile: string) => { file: string, args: string[], env?: Record<string, string>, prefix?: string[] }>}
 */
const BROWSERS = {
  chromium: (url, profile) => ({
    file: findChromium(),
    args: [
      ...['--headless', '--no-first-run', '--disable-sync', '--disable-component-update'],
      ...(isRoot ? ['--no-sandbox'] : []),
      ...[`--user-data-dir=${profile}`, '--remote-debugging-pipe', url],
    ],
  }),
  firefox: (url, profile) => ({
    file: find('firefox', ['/usr/bin/firefox-esr', '/usr/bin/firefox']),
    args: ['--headless', '--no-remote', '--profile', profile, url],
  }),
  webkit: (url, profile) => ({
    file: find('webkit', miniBrowsers()),
    args: [url],
    env: {
      HOME: profile,
      ...(isRoot ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {}),
    },
    prefix: process.env.DISPLAY ? [] : ['xvfb-run', '--auto-servernum'],
  }),
};

export const BROWSER_NAMES = Object.keys(BROWSERS);

/** The browsers that are installed here. */
export function installedBrowsers() {
  return BROWSER_NAMES.filter((name) => name === 'chromium' || installed(name));
}

/**
 * @param {string} name one of BROWSER_NAMES
 * @param {string} url
 * @param {string} folder for the profile
 * @param {boolean} [traced] to trace what the page marks
 * @returns {StartedBrowser}
 * @throws when it is not installed
 */
export function startBrowser(name, url, folder, traced = false) {
  const start = BROWSERS[name]?.(url, join(folder, 'profile'));
  if (!start) throw new Error(`--browser is ${name}; expected one of ${BROWSER_NAMES.join(', ')}.`);
  const [file = start.file, ...args] = [...(start.prefix ?? []), start.file];
  const env = { ...process.env, ...start.env };
  const isChromium = name === 'chromium';
  /** @type {import('node:child_process').ChildProcess} */
  const child = spawn(file, [...args, ...start.args], {
    // Chromium's debugging pipes are the two behind the standard streams.
    stdio: ['ignore', 'ignore', 'ignore', ...(isChromium ? /** @type {const} */ (['pipe', 'pipe']) : [])],
    detached: true,
    env,
  });
  return {
    ...(traced && isChromium ? { trace: new ChromiumTrace(child) } : {}),
    name: versionOf(file, args, env),
    pid: /** @type {number} */ (child.pid),
    // The whole group: browsers leave their children behind.
    stop: () => void process.kill(-(/** @type {number} */ (child.pid)), 'SIGKILL'),
  };
}

/** WebKitGTK's test browser, in a folder named by architecture and API version. */
function miniBrowsers() {
  const list = (/** @type {string} */ path) => {
    try {
      return readdirSync(path).map((name) => join(path, name));
    } catch {
      return [];
    }
  };
  return list('/usr/lib')
    .flatMap(list)
    .filter((path) => /\/webkit2gtk-4\.\d$/.test(path))
    .map((path) => join(path, 'MiniBrowser'));
}

/**
 * @param {string} file
 * @param {readonly string[]} args a prefix's command, which may be what makes the screen that a browser needs even here
 * @param {NodeJS.ProcessEnv} env
 */
function versionOf(file, args, env) {
  const text = execFileSync(file, [...args, '--version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env,
  });
  const number = /\d+(\.\d+)+/.exec(text)?.[0] ?? 'unknown';
  if (/firefox/i.test(text)) return `Firefox ${number}`;
  return /webkit/i.test(text) ? `WebKitGTK ${number}` : `Chromium ${number}`;
}

/** @param {string} name */
function installed(name) {
  try {
    const { file, prefix = [] } = BROWSERS[name]?.('', '') ?? { file: '' };
    return (
      existsSync(file) && prefix.slice(0, 1).every((command) => spawnSync('which', [command]).status === 0)
    );
  } catch {
    return false;
  }
}

/**
 * @param {string} name
 * @param {readonly string[]} places
 */
function find(name, places) {
  const found = places.find((path) => existsSync(path));
  if (found) return found;
  throw new Error(`No ${name} was found; Debian: apt-get install -y firefox-esr webkit2gtk-driver xvfb.`);
}
