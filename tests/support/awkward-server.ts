/**
 * A loopback server of model files that behaves as servers and networks do. The path says how:
 * `/<manner>/<anything>/<file>`, and each path has a history of its own.
 */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Bytes behind which `cut` breaks a connection. */
export const CUT_BYTES = 2_000_000;
/** Bytes behind which `held` waits. */
export const HELD_BYTES = 4_700_000;

export interface Asked {
  readonly path: string;
  readonly range: string | undefined;
  readonly status: number;
}

export interface AwkwardServer {
  readonly url: string;
  /** What was asked for one path. */
  asked(path: string): Asked[];
  /** Lets `held` send the rest. */
  release(): void;
  close(): Promise<void>;
}

interface Reply {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly file: Buffer;
  readonly path: string;
  /** 1 for the first request of this path. */
  readonly visit: number;
  readonly released: Promise<void>;
}

const MANNERS: Record<string, (reply: Reply) => void> = {
  plain: (reply) => send(reply),
  /** To another server, whose address the path holds; each connection breaks there. */
  away: ({ response, path }) => {
    const [, , origin = '', file = ''] = path.split('/');
    response.writeHead(302, { location: `${decodeURIComponent(origin)}cut/away/${file}` }).end();
  },
  /** To another path, as hosts that sign addresses do. */
  moved: ({ response, path }) =>
    response.writeHead(302, { location: path.replace('/moved/', '/plain/') }).end(),
  /** Each connection breaks after 2 MB. */
  cut: (reply) => send(reply, { cutAfter: CUT_BYTES }),
  /** Knows no ranges; the first connection breaks. */
  deaf: (reply) => send(reply, { ranges: false, ...(reply.visit === 1 ? { cutAfter: CUT_BYTES } : {}) }),
  /** Knows no ranges and always breaks at the same byte. */
  wall: (reply) => send(reply, { ranges: false, cutAfter: CUT_BYTES }),
  /** Another file from the second request on, as its tag says; the first connection breaks. */
  changing: (reply) =>
    reply.visit === 1
      ? send(reply, { cutAfter: CUT_BYTES })
      : send({ ...reply, file: changed(reply.file) }, { tag: '"second"' }),
  /** The first connection breaks; then it sends the whole as a part, and says so, whatever was asked for. */
  headstrong: (reply) =>
    reply.visit === 1 ? send(reply, { cutAfter: CUT_BYTES }) : sendPart(reply, 0, reply.file),
  /** The first connection breaks; then it sends another part than was asked for, and says so. */
  astray: (reply) =>
    reply.visit === 1
      ? send(reply, { cutAfter: CUT_BYTES })
      : sendPart(reply, 1000, reply.file.subarray(1000)),
  /** One byte is wrong. */
  wrong: (reply) => send({ ...reply, file: changed(reply.file) }),
  /** Ends in the middle, and says so. */
  short: (reply) => send({ ...reply, file: reply.file.subarray(0, reply.file.length / 2) }),
  page: ({ response }) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Sign in</p>'),
  missing: ({ response }) => response.writeHead(404).end('no'),
  /** Not able twice. */
  busy: (reply) => (reply.visit <= 2 ? reply.response.writeHead(503).end() : send(reply)),
  /** Stops behind 4.7 MB of the file, until it is released. */
  held: (reply) => send(reply, { hold: reply.released }),
  /** No length and no tag. */
  mute: (reply) => send(reply, { mute: true }),
};

/** @param root folder of the other files, such as the page of a test */
export async function startAwkwardServer(
  files: Readonly<Record<string, Buffer>>,
  root = 'build',
): Promise<AwkwardServer> {
  const log: Asked[] = [];
  const visits = new Map<string, number>();
  let release: () => void = () => undefined;
  const newHold = () =>
    new Promise<void>((resolve) => {
      release = resolve;
    });
  let released = newHold();
  const server = createServer((request, response) => {
    const path = request.url!;
    const [, manner = '', , name = ''] = path.split('/');
    // For pages of another origin; it shows them no tag and no range.
    response.setHeader('access-control-allow-origin', '*');
    const { range } = request.headers;
    // A look at the size before a download is none.
    if (request.method !== 'HEAD')
      log.push({
        path,
        range,
        get status() {
          return response.statusCode;
        },
      });
    const file = files[name];
    const act = MANNERS[manner];
    if (!file || !act) return serveStatic(root, path, response);
    if (request.method === 'HEAD') return void response.setHeader('content-length', file.length).end();
    if (request.method !== 'GET') return void response.writeHead(405).end();
    const visit = (visits.get(path) ?? 0) + 1;
    visits.set(path, visit);
    act({ request, response, file, path, visit, released });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked: (path) => log.filter((entry) => entry.path === path),
    release: () => {
      release();
      released = newHold();
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface Habits {
  readonly ranges?: boolean;
  readonly tag?: string;
  readonly cutAfter?: number;
  /** Sends the rest behind it. */
  readonly hold?: Promise<void>;
  readonly mute?: boolean;
}

function send(
  { request, response, file }: Reply,
  { ranges = true, tag = '"first"', cutAfter, hold, mute }: Habits = {},
): void {
  const wanted = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  const from = ranges && !mute && wanted !== undefined ? Number(wanted) : undefined;
  if (from !== undefined && from >= file.length) return void response.writeHead(416).end();
  const body = file.subarray(from ?? 0);
  if (!mute) {
    response.setHeader('content-length', body.length).setHeader('etag', tag);
    // The one of both that pages of another origin see.
    response.setHeader('last-modified', new Date(tag === '"first"' ? 0 : 1e12).toUTCString());
  }
  if (from !== undefined) {
    response.setHeader('content-range', `bytes ${from}-${file.length - 1}/${file.length}`);
  }
  response.setHeader('content-type', 'application/octet-stream');
  response.statusCode = from === undefined ? 200 : 206;
  if (hold) {
    const until = Math.max(HELD_BYTES - (from ?? 0), 0);
    response.write(body.subarray(0, until));
    void hold.then(() => response.end(body.subarray(until)));
  } else if (cutAfter !== undefined && cutAfter < body.length) {
    response.write(body.subarray(0, cutAfter), () => response.destroy());
  } else response.end(body);
}

function sendPart({ response, file }: Reply, from: number, part: Buffer): void {
  response.writeHead(206, {
    'content-length': part.length,
    'content-range': `bytes ${from}-${file.length - 1}/${file.length}`,
    etag: '"first"',
  });
  response.end(part);
}

function changed(file: Buffer): Buffer {
  const other = Buffer.from(file);
  const last = other.length - 1;
  other[last] = other[last]! ^ 1;
  return other;
}

function serveStatic(root: string, path: string, response: ServerResponse): void {
  const file = join(root, path.endsWith('/') ? `${path}index.html` : path);
  if (!existsSync(file) || !statSync(file).isFile()) return void response.writeHead(404).end();
  const type = file.endsWith('.html') ? 'text/html' : file.endsWith('.js') ? 'text/javascript' : undefined;
  if (type) response.setHeader('content-type', type);
  response.setHeader('content-length', statSync(file).size);
  createReadStream(file).pipe(response);
}
