/** Servers differ in how they stream, end and fail, on a real connection. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type ChatCall,
  type OpenAiServer,
  openStream,
  refuses,
  type Script,
  says,
  sendText,
  startOpenAiServer,
} from '../../support/openai-server.js';
import { remotePort, request } from '../../support/remote-port.js';

describe('RemotePort and the dialects of servers', () => {
  let server: OpenAiServer;

  beforeEach(async () => {
    vi.spyOn(console, 'info').mockImplementation(() => undefined);
    server = await startOpenAiServer();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await server.close();
  });

  /** Of an answer that consists of these parts of a body, sent one by one. */
  const answerOf = async (parts: readonly string[], options = {}) => {
    const port = await remotePort(server.url, { retries: 0, ...options });
    server.script(inParts(parts));
    return port.generate(request(), () => undefined);
  };
  const failureOf = (parts: readonly string[]) => answerOf(parts).catch((error: unknown) => error);

  it.each<[string, readonly string[]]>([
    ['lines that end in CR LF, cut between both', [`${words('Yes')}\r\n\r`, `\n${END}\r\n\r\n`]],
    [
      'comments that keep the connection alive',
      [': ping\r\n\r\n', `${words('Yes')}\n\n: ping\n\n${END}\n\n`],
    ],
    ['fields beside the data', [`id: 1\nevent: message\nretry: 3\n${words('Yes')}\n\n${END}\n\n`]],
    ['events without data', [`data:\n\n${words('Yes')}\n\ndata: \n\n${END}\n\n`]],
    ['no [DONE]', [`${words('Yes')}\n\n${END}\n\n`]],
    ['no finish reason, but [DONE]', [`${words('Yes')}\n\ndata: [DONE]\n\n`]],
    ['[DONE] without a blank line behind it', [`${words('Yes')}\n\ndata: [DONE]`]],
    ['a last event that is cut', [`${words('Yes')}\n\n${END}\n\ndata: {"choices":[],"usa`]],
    [
      'a role, and null for no content',
      [
        'data: {"choices":[{"delta":{"role":"assistant","content":null}}]}\n\n',
        `${words('Yes')}\n\n${END}\n\n`,
      ],
    ],
    [
      'usage on each event, null or with no choice',
      [
        'data: {"choices":[{"delta":{"content":"Yes"}}],"usage":null}\n\n',
        `${END}\n\ndata: {"choices":[],"usage":{"prompt_tokens":50,"prompt_tokens_details":null}}\n\n`,
      ],
    ],
    ['reasoning before the answer', [thought('reasoning_content'), `${words('Yes')}\n\n${END}\n\n`]],
  ])('reads %s', async (_what, parts) => {
    expect(await answerOf(parts)).toMatchObject({ text: 'Yes', finish: 'stop' });
  });

  it('takes an empty finish reason for none: the stream that ends behind it is cut', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const event = 'data: {"choices":[{"delta":{"content":"I have"},"finish_reason":""}]}\n\n';
    expect(await answerOf([event])).toMatchObject({ text: 'I have', finish: 'length' });
    expect(warn).toHaveBeenCalledOnce();
  });

  it('takes a finish reason beside reasoning for none', async () => {
    const event = 'data: {"choices":[{"delta":{"reasoning":"Let me see"},"finish_reason":"stop"}]}\n\n';
    expect(await failureOf([event])).toMatchObject({ code: 'remote-cut' });
    expect(await answerOf([event, `${words('Yes')}\n\n${END}\n\n`])).toMatchObject({ text: 'Yes' });
  });

  it('gives remote-cut for a connection that is closed in the middle of an event', async () => {
    expect(await failureOf(['data: {"choices":[{"del'])).toMatchObject({ code: 'remote-cut' });
  });

  it.each<[string, (call: ChatCall) => void]>([
    ['stays open', () => undefined],
    ['is reset', ({ response }) => setTimeout(() => response.destroy(), 50)],
  ])('has the whole answer when the connection %s behind its end', async (_what, then) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const port = await remotePort(server.url);
    server.script((call) => {
      openStream(call);
      sendText(call, 'Yes.');
      call.response.write(`${END}\n\n`);
      then(call);
    });
    expect(await port.generate(request(), () => undefined)).toMatchObject({ text: 'Yes.', finish: 'stop' });
    expect(warn).not.toHaveBeenCalled();
    await server.calls[0]!.closed;
  });

  it.each<[string, string, string]>([
    ['remote-failed', 'vLLM', 'data: {"error":{"message":"CUDA error","code":500}}\n\ndata: [DONE]\n\n'],
    ['remote-rejected', 'vLLM', 'data: {"error":{"message":"bad grammar","code":400}}\n\ndata: [DONE]\n\n'],
    ['remote-busy', 'a proxy', 'data: {"error":{"message":"Too many tokens per minute","code":429}}\n\n'],
    ['remote-failed', 'LM Studio', 'event: error\ndata: {"message":"Compute error."}\n\n'],
    [
      'context-full',
      'llama.cpp of today',
      'data: {"error":{"code":400,"message":"request exceeds the available context size"}}\n\n',
    ],
    [
      'context-full',
      'llama.cpp of 2025',
      'error: {"code":400,"message":"the request exceeds the available context size"}\n\ndata: [DONE]\n\n',
    ],
  ])('gives %s for an error in the stream, as %s writes it', async (code, _who, body) => {
    expect(await failureOf([body])).toMatchObject({ name: 'RemoteError', code });
  });

  it('reads an error that comes as JSON with a status of 200', async () => {
    const port = await remotePort(server.url, { retries: 0 });
    server.script(({ response }) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"error":{"message":"no such model","code":404}}');
    });
    await expect(port.generate(request(), () => undefined)).rejects.toMatchObject({
      code: 'remote-not-found',
      message: expect.stringContaining('(no such model)'),
    });
  });

  it('takes a limit on tokens a minute for a busy server, not for a talk that is too long', async () => {
    const port = await remotePort(server.url, { retries: 1 });
    server.script(refuses(429, 'too many tokens', { 'retry-after': '0' }), says('Yes.'));
    expect((await port.generate(request(), () => undefined)).text).toBe('Yes.');
  });

  it('waits until the date that a server names', async () => {
    const port = await remotePort(server.url, { retries: 1 });
    const past = new Date(Date.now() - 1000).toUTCString();
    server.script(refuses(503, '', { 'retry-after': past }), says('Yes.'));
    expect((await port.generate(request(), () => undefined)).text).toBe('Yes.');
  });

  it.each(['reasoning_content', 'reasoning'])(
    'says how to end a model’s %s that is all that comes',
    async (field) => {
      const port = await remotePort(server.url, { retries: 2 });
      server.script(
        inParts([thought(field), 'data: {"choices":[{"delta":{},"finish_reason":"length"}]}\n\n']),
      );
      await expect(port.generate(request(), () => undefined)).rejects.toMatchObject({
        code: 'remote-invalid',
        hint: expect.stringContaining('reasoning_effort'),
      });
      expect(server.calls).toHaveLength(1);
    },
  );

  it('lets an error of its caller through, and asks once', async () => {
    const port = await remotePort(server.url, { retries: 2 });
    const fails = () => {
      throw new TypeError('the game’s own');
    };
    await expect(port.generate(request(), fails)).rejects.toThrow('the game’s own');
    expect(server.calls).toHaveLength(1);
  });

  it('waits for ever when the game says so', async () => {
    const timeoutMs = { firstToken: Number.POSITIVE_INFINITY, stall: Number.POSITIVE_INFINITY };
    expect(await answerOf([': ping\n\n', `${words('Yes')}\n\n${END}\n\n`], { timeoutMs })).toMatchObject({
      text: 'Yes',
    });
  });
});

const END = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}';

function words(text: string): string {
  return `data: {"choices":[{"delta":{"content":"${text}"},"finish_reason":null}]}`;
}

function thought(field: string): string {
  return `data: {"choices":[{"delta":{"content":null,"${field}":"Let me see"},"finish_reason":null}]}\n\n`;
}

/** Sends a body in pieces that arrive one by one, and ends it. */
function inParts(parts: readonly string[]): Script {
  return async (call) => {
    openStream(call);
    for (const part of parts) {
      call.response.write(part);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    call.response.end();
  };
}
