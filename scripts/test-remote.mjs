/**
 * Runs the tests of tests/remote on a real OpenAI-compatible server, and writes their report beside them. Not part of
 * `npm test`. The server is that of PARLEY_REMOTE_URL (with the model PARLEY_REMOTE_MODEL), else llama.cpp's, started
 * here with the bundled model by PARLEY_REMOTE_PYTHON, a Python with `llama-cpp-python[server]` (default: python3),
 * and by PARLEY_REMOTE_ARGS, more arguments for it, separated by spaces.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runTests } from './run-stage.mjs';

const MODEL = 'assets/models/parley-135m.Q4_0.gguf';
const LOG = 'build/remote-server.log';
const ALIAS = 'parley-135m';
const CONTEXT = 2048;
const START_SECONDS = 120;

process.chdir(join(import.meta.dirname, '..'));
if (!process.env.PARLEY_REMOTE_URL) {
  process.env.PARLEY_REMOTE_URL = await startServer();
  process.env.PARLEY_REMOTE_MODEL = ALIAS;
}
runTests(['remote']);
process.exit();

/** @returns {Promise<string>} its base URL; it ends with this process */
async function startServer() {
  const python = process.env.PARLEY_REMOTE_PYTHON ?? 'python3';
  if (spawnSync(python, ['-c', 'import llama_cpp.server.app']).status !== 0) {
    fail(
      `${python} has no llama_cpp.server. Set PARLEY_REMOTE_URL to a running server, or PARLEY_REMOTE_PYTHON to a Python where pip install 'llama-cpp-python[server]' was run (it builds llama.cpp: minutes).`,
    );
  }
  const port = await freePort();
  const options = { model: MODEL, model_alias: ALIAS, n_ctx: CONTEXT, host: '127.0.0.1', port };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  args.push(...(process.env.PARLEY_REMOTE_ARGS?.split(' ') ?? []));
  mkdirSync('build', { recursive: true });
  const log = openSync(LOG, 'w');
  const server = spawn(python, ['-m', 'llama_cpp.server', ...args], { stdio: ['ignore', log, log] });
  process.on('exit', () => server.kill());
  const url = `http://127.0.0.1:${port}/v1`;
  for (let second = 0; second < START_SECONDS; second++) {
    if (server.exitCode !== null) break;
    const answer = await fetch(`${url}/models`).catch(() => undefined);
    if (answer?.ok) return url;
    await pause(1000);
  }
  return fail(`The server did not start:\n${readFileSync(LOG, 'utf8').slice(-4000)}`);
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });
}

/**
 * @param {string} reason
 * @returns {never}
 */
function fail(reason) {
  console.error(reason);
  process.exit(1);
}
