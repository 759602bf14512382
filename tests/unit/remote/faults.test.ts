/** Every way in which a server fails, on a real connection. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  diesAfter,
  hangsAfter,
  modelList,
  type OpenAiServer,
  openStream,
  refuses,
  type Script,
  says,
  sendEnd,
  sendText,
  startOpenAiServer,
} from '../../support/openai-server.js';
import { remoteEngineOn, remotePort, request } from '../../support/remote-port.js';

describe('RemotePort and a server that fails', () => {
  let server: OpenAiServer;

  beforeEach(async () => {
    vi.spyOn(console, 'info').mockImplementation(() => undefined);
    server = await startOpenAiServer();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await server.close();
  });

  const port = (options = {}) => remotePort(server.url, { retries: 0, ...options });

  it.each<[string, string, Script]>([
    ['remote-unauthorized', 'a wrong key', refuses(401, '{"error":{"message":"no such key"}}')],
    ['remote-not-found', 'a model that is not there', refuses(404, '{"error":"model x not found"}')],
    ['remote-rejected', 'a field it does not know', refuses(422, '{"detail":"no top_k here"}')],
    ['remote-failed', 'an error of its own', refuses(500, 'oops')],
    ['remote-busy', 'too many requests', refuses(429)],
    [
      'context-full',
      'a talk that is too long',
      refuses(400, '{"error":{"message":"exceeds the available context size"}}'),
    ],
    [
      'remote-invalid',
      'a page in place of a stream',
      ({ response }) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'),
    ],
    ['remote-invalid', 'an event that is no JSON', raw('data: {"choi\n\n')],
    ['remote-failed', 'an error in the stream', raw('data: {"error":{"message":"out of memory"}}\n\n')],
    ['remote-cut', 'the end of the stream', raw('')],
    ['remote-invalid', 'an event without end', raw(`data: ${'x'.repeat(1_100_000)}`)],
  ])('gives %s for %s', async (code, _what, script) => {
    const ready = await port();
    server.script(script);
    const error = await ready.generate(request(), () => undefined).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'RemoteError', code });
    expect((error as Error).message).toMatch(/^Got .*expected /s);
    expect((error as { hint: string }).hint).not.toBe('');
  });

  it("repeats the server's own words", async () => {
    const ready = await port();
    server.script(refuses(401, '{"error":{"message":"no such key"}}'));
    await expect(ready.generate(request(), () => undefined)).rejects.toThrow('(no such key)');
  });

  it('gives remote-unreachable where nothing listens', async () => {
    const ready = await port();
    await server.close();
    await expect(ready.generate(request(), () => undefined)).rejects.toMatchObject({
      code: 'remote-unreachable',
    });
    server = await startOpenAiServer();
  });

  it('gives remote-timeout where the first words do not come', async () => {
    const ready = await port({ timeoutMs: { firstToken: 60 } });
    server.script(hangsAfter(''));
    await expect(ready.generate(request(), () => undefined)).rejects.toMatchObject({
      code: 'remote-timeout',
    });
    await server.calls[0]!.closed;
  });

  it('goes to no other place than the one it was given', async () => {
    const asked: string[] = [];
    const elsewhere = createServer((call, response) => {
      asked.push(call.url!);
      response.end();
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const ready = await port();
    const { port: other } = elsewhere.address() as AddressInfo;
    server.script(refuses(307, '', { location: `http://127.0.0.1:${other}/v1/chat/completions` }));
    await expect(ready.generate(request(), () => undefined)).rejects.toMatchObject({
      code: 'remote-unreachable',
    });
    expect(asked).toEqual([]);
    elsewhere.close();
  });

  it.each([
    ['is cut off', diesAfter('[sad] I have three')],
    ['stalls', hangsAfter('[sad] I have three')],
  ])('ends an answer where it stands when the stream %s', async (_how, script) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const ready = await port({ timeoutMs: { stall: 60 }, retries: 2 });
    server.script(script);
    const result = await ready.generate(request(), () => undefined);
    expect(result).toMatchObject({ text: '[sad] I have three', finish: 'length' });
    expect(server.calls).toHaveLength(1);
    expect(warn).toHaveBeenCalledOnce();
  });

  it('asks again where nothing was shown, when the server says', async () => {
    const ready = await port({ retries: 2 });
    server.script(
      refuses(429, '', { 'retry-after': '0' }),
      refuses(503, '', { 'retry-after': '0' }),
      says('Yes.'),
    );
    const { text } = await ready.generate(request(), () => undefined);
    expect([text, server.calls.length]).toEqual(['Yes.', 3]);
  });

  it('leaves a server alone that wants to be, for as long as it says', async () => {
    const ready = await port({ retries: 2 });
    server.script(refuses(429, '', { 'retry-after': '3600' }), says('Yes.'));
    for (let i = 0; i < 2; i++) {
      await expect(ready.generate(request(), () => undefined)).rejects.toMatchObject({
        code: 'remote-busy',
        retryAfterMs: 3_600_000,
      });
    }
    expect(server.calls).toHaveLength(1);
  });

  it('does not ask again what is wrong for good', async () => {
    const ready = await port({ retries: 2 });
    server.script(refuses(401));
    await expect(ready.generate(request(), () => undefined)).rejects.toThrow();
    expect(server.calls).toHaveLength(1);
  });

  it('ends the request when its caller does', async () => {
    const ready = await port();
    const abort = new AbortController();
    server.script(hangsAfter('[sad] I'));
    const answer = ready.generate(request(), () => abort.abort(), abort.signal);
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    await server.calls[0]!.closed;
  });

  it('ends a request that waits to be sent again when its caller does', async () => {
    const ready = await port({ retries: 2 });
    const abort = new AbortController();
    server.script((call) => {
      refuses(503, '', { 'retry-after': '4' })(call);
      void call.closed.then(() => abort.abort());
    });
    await expect(ready.generate(request(), () => undefined, abort.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(server.calls).toHaveLength(1);
  });

  it('ends what runs and what waits when the game ends', async () => {
    const engine = remoteEngineOn(server.url, { maxParallel: 1 });
    const ready = await engine.loadModel({ urls: [] });
    server.script(hangsAfter('[sad] I'));
    const answers = [1, 2].map(() => ready.generate(request(), () => undefined));
    await expect.poll(() => server.calls.length).toBe(1);
    engine.dispose();
    for (const answer of [...answers, ready.generate(request(), () => undefined)]) {
      await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    }
    await server.calls[0]!.closed;
    expect([server.calls.length, engine.busy]).toEqual([1, false]);
  });

  it('keeps letters whole that arrive in two halves', async () => {
    const ready = await port();
    server.script(async (call) => {
      openStream(call);
      const bytes = Buffer.from(`data: ${JSON.stringify({ choices: [{ delta: { content: 'né' } }] })}\n\n`);
      const middle = bytes.indexOf(0xc3) + 1;
      call.response.write(bytes.subarray(0, middle));
      await new Promise((resolve) => setTimeout(resolve, 20));
      call.response.write(bytes.subarray(middle));
      sendText(call, 'e');
      sendEnd(call);
    });
    expect((await ready.generate(request(), () => undefined)).text).toBe('née');
  });

  it.each<[string, { status: number; body: string }]>([
    ['remote-unauthorized', { status: 403, body: '' }],
    ['remote-not-found', { status: 404, body: 'Not Found' }],
    ['remote-invalid', { status: 200, body: '<html>' }],
    ['remote-invalid', { status: 200, body: '{"models":[]}' }],
    ['remote-not-found', { status: 200, body: modelList('vllm').replace('scripted', 'another') }],
  ])('is not ready, with %s, when the list of models is %o', async (code, models) => {
    server.models = models;
    await expect(port()).rejects.toMatchObject({ code });
  });
});

function raw(body: string): Script {
  return (call) => {
    openStream(call);
    call.response.end(body);
  };
}
