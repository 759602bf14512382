/** A small static file server for loopback: the sample game, tests and benchmarks. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.fnt': 'text/xml; charset=utf-8',
  '.xml': 'text/xml; charset=utf-8',
  '.gguf': 'application/octet-stream',
};

/** What makes a page cross-origin isolated, so that it may share memory between threads. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const STAMP_PATH = '/reload-stamp';
const RELOAD_SCRIPT = `<script>
  let stamp;
  setInterval(async () => {
    const now = await fetch('${STAMP_PATH}').then((response) => response.text(), () => stamp);
    if (stamp !== undefined && now !== stamp) location.reload();
    stamp = now;
  }, 500);
</script>`;

/**
 * @typedef {object} ServerOptions
 * @property {string} root folder to serve
 * @property {boolean} [isolated] send the COOP and COEP headers; default true
 * @property {() => string} [reloadStamp] pages reload themselves when it changes
 * @property {(body: string) => void} [onReport] takes what a page posts to `/report`
 * @property {string} [basePath] serve below this path, such as `/games/saltmere/`; default `/`
 */

/**
 * Starts a server on 127.0.0.1.
 * @param {number} port 0 for any free one
 * @param {ServerOptions} options
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 * @throws when the port is in use
 */
export async function startStaticServer(port, options) {
  const { basePath = '/' } = options;
  const server = createServer((request, response) => {
    respond(request, response, options).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://localhost:${actual}${basePath}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {ServerOptions} options
 */
async function respond(request, response, options) {
  const { root, isolated = true, basePath = '/', reloadStamp, onReport } = options;
  if (isolated) for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value);
  if (reloadStamp && request.url === STAMP_PATH) {
    response.writeHead(200, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' }).end(reloadStamp());
    return;
  }
  if (onReport && request.method === 'POST' && request.url === '/report') {
    onReport(await text(request));
    response.writeHead(204).end();
    return;
  }
  const path = resolvePath(request.url ?? '/', root, basePath);
  const file = path && (await findFile(path));
  if (!file || (request.method !== 'GET' && request.method !== 'HEAD')) {
    response
      .writeHead(file ? 405 : 404, { 'Content-Type': 'text/plain' })
      .end(file ? 'Only GET.' : 'Not found.');
    return;
  }
  if (reloadStamp && extname(file.path) === '.html') {
    const page = await readFile(file.path, 'utf8');
    response.writeHead(200, { 'Content-Type': TYPES['.html'] }).end(page + RELOAD_SCRIPT);
    return;
  }
  const tag = `"${file.size.toString(36)}-${Math.floor(file.mtimeMs).toString(36)}"`;
  response.setHeader('Content-Type', TYPES[extname(file.path)] ?? 'application/octet-stream');
  response.setHeader('ETag', tag);
  // Asked again at each load, sent again only when changed: a reload does not send the model twice.
  response.setHeader('Cache-Control', 'no-cache');
  response.setHeader('Accept-Ranges', 'bytes');
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304).end();
    return;
  }
  const range = parseRange(request.headers.range, file.size);
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'Content-Range': `bytes */${file.size}` }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: file.size - 1 };
  response.writeHead(range ? 206 : 200, {
    'Content-Length': end - start + 1,
    ...(range ? { 'Content-Range': `bytes ${start}-${end}/${file.size}` } : {}),
  });
  if (request.method === 'HEAD' || file.size === 0) {
    response.end();
    return;
  }
  // A browser that leaves in the middle is no error.
  await pipeline(createReadStream(file.path, { start, end }), response).catch(() => undefined);
}

/**
 * The file path of an address, or undefined outside of the base path or the root.
 * @param {string} url
 * @param {string} root
 * @param {string} basePath
 */
function resolvePath(url, root, basePath) {
  let pathname;
  try {
    pathname = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return undefined;
  }
  if (!pathname.startsWith(basePath) || pathname.includes('\0')) return undefined;
  const path = normalize(join(root, pathname.slice(basePath.length)));
  return path === normalize(root) || path.startsWith(normalize(root + sep)) ? path : undefined;
}

/** @param {string} path */
async function findFile(path) {
  for (const candidate of [path, join(path, 'index.html')]) {
    const found = await stat(candidate).catch(() => undefined);
    if (found?.isFile()) return { path: candidate, size: found.size, mtimeMs: found.mtimeMs };
  }
  return undefined;
}

/**
 * @param {string | undefined} header
 * @param {number} size
 */
function parseRange(header, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const start = match[1] === '' ? Math.max(size - Number(match[2]), 0) : Number(match[1]);
  const end = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start <= end && start < size ? { start, end } : 'unsatisfiable';
}
