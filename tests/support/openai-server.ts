/** An OpenAI-compatible server on the loopback interface whose answers, and faults, are written down. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ChatBody {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly [field: string]: unknown;
}

/** One chat request in the hands of a script. */
export interface ChatCall {
  readonly body: ChatBody;
  readonly headers: IncomingMessage['headers'];
  readonly response: ServerResponse;
  /** Resolves when the connection is closed. */
  readonly closed: Promise<void>;
}

export type Script = (call: ChatCall) => void | Promise<void>;

export interface OpenAiServer {
  readonly url: string;
  readonly calls: readonly ChatCall[];
  /** Scripts of the next requests, in turn; the last one stays. */
  script(...scripts: Script[]): void;
  /** What `/v1/models` gives, with its status. */
  models: { status: number; body: string };
  close(): Promise<void>;
}

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type',
};

export function modelList(owner: string, fields: Record<string, unknown> = {}): string {
  return JSON.stringify({
    object: 'list',
    data: [{ id: 'scripted', object: 'model', owned_by: owner, ...fields }],
  });
}

export async function startOpenAiServer(owner = 'llamacpp', port = 0): Promise<OpenAiServer> {
  const calls: ChatCall[] = [];
  let scripts: Script[] = [says('[neutral] Good evening.')];
  const state = { models: { status: 200, body: modelList(owner) } };
  const http = createServer((request, response) => {
    for (const [name, value] of Object.entries(CORS)) response.setHeader(name, value);
    if (request.method === 'OPTIONS') {
      response.end();
    } else if (request.url === '/v1/models') {
      response.writeHead(state.models.status, { 'content-type': 'application/json' }).end(state.models.body);
    } else {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as ChatBody;
        const closed = new Promise<void>((resolve) => response.on('close', resolve));
        const call = { body, headers: request.headers, response, closed };
        calls.push(call);
        void (scripts.length > 1 ? scripts.shift()! : scripts[0]!)(call);
      });
    }
  });
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`,
    calls,
    script: (...next: Script[]) => {
      scripts = next;
    },
    close: () => {
      http.closeAllConnections();
      return new Promise<void>((resolve) => http.close(() => resolve()));
    },
  });
}

/** Begins a stream of events. */
export function openStream({ response }: ChatCall): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
}

export function sendText({ response }: ChatCall, text: string): void {
  response.write(
    `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text }, finish_reason: null }] })}\n\n`,
  );
}

export function sendEnd({ response }: ChatCall, finish = 'stop'): void {
  const usage = { prompt_tokens: 50, prompt_tokens_details: { cached_tokens: 20 } };
  response.write(`data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: finish }] })}\n\n`);
  response.end(`data: ${JSON.stringify({ choices: [], usage })}\n\ndata: [DONE]\n\n`);
}

/** A whole answer, in pieces of three characters. */
export function says(text: string, finish = 'stop'): Script {
  return (call) => {
    openStream(call);
    for (const piece of text.match(/.{1,3}/gsu) ?? []) sendText(call, piece);
    sendEnd(call, finish);
  };
}

/** Some words, and then the connection is cut. */
export function diesAfter(text: string): Script {
  return (call) => {
    openStream(call);
    sendText(call, text);
    // Only once the words are on their way.
    setTimeout(() => call.response.destroy(), 50);
  };
}

/** Some words, and then nothing for ever. */
export function hangsAfter(text: string): Script {
  return (call) => {
    openStream(call);
    if (text === '') call.response.flushHeaders();
    else sendText(call, text);
  };
}

export function refuses(status: number, body = '', headers: Record<string, string> = {}): Script {
  return ({ response }) => {
    response.writeHead(status, headers).end(body);
  };
}
