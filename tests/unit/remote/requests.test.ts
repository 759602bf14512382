/** What is sent for what the dialogue asks. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerGrammar, continuationGrammar } from '../../../plugin/dialogue/answer/answer-grammar.js';
import type { RemoteOptions } from '../../../plugin/remote/options.js';
import type { ServerKind } from '../../../plugin/remote/servers.js';
import { modelList, type OpenAiServer, says, startOpenAiServer } from '../../support/openai-server.js';
import { remoteEngineOn, remotePort, request } from '../../support/remote-port.js';

const give = {
  name: 'give',
  description: 'hand over',
  params: { item: { type: 'string', enum: ['eel', 'cod'] } },
} as const;
const grammar = answerGrammar(['neutral', 'sad'], [give]);

describe('RemotePort', () => {
  let server: OpenAiServer;
  let told: ReturnType<typeof vi.spyOn>;

  beforeEach(async () => {
    told = vi.spyOn(console, 'info').mockImplementation(() => undefined);
    server = await startOpenAiServer();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await server.close();
  });

  const bodyOf = async (fields: Parameters<typeof request>[0], kind: ServerKind = 'llama.cpp') => {
    const port = await remotePort(server.url, { server: kind });
    await port.generate(request(fields), () => undefined);
    return server.calls.at(-1)!.body;
  };

  it('streams pieces without token ids, and counts them', async () => {
    const port = await remotePort(server.url);
    const pieces: unknown[] = [];
    const result = await port.generate(request(), (chunk) => pieces.push(...chunk.pieces));
    expect(pieces.slice(0, 2)).toEqual([
      { token: null, text: '[ne' },
      { token: null, text: 'utr' },
    ]);
    expect(result).toMatchObject({
      text: '[neutral] Good evening.',
      tokens: [],
      finish: 'stop',
      usage: { promptTokens: 50, cachedTokens: 20, prefilledTokens: 30, decodedTokens: pieces.length },
    });
  });

  it('sends the talk, the seed and the sampling', async () => {
    const body = await bodyOf({
      sampling: { temperature: 0.3, topP: 0.9, topK: 40, repeatPenalty: 1.05 },
      stop: ['\n\n'],
      bias: { text: '\n', logit: 2 },
    });
    expect(body).toMatchObject({
      model: 'scripted',
      messages: [
        { role: 'system', content: 'You are Mira.' },
        { role: 'user', content: 'Player: Hello.' },
      ],
      stream: true,
      temperature: 0.3,
      top_p: 0.9,
      top_k: 40,
      min_p: 0,
      repeat_penalty: 1.05,
      seed: 7,
      max_tokens: 40,
      stop: ['\n\n'],
      logit_bias: [['\n', 2]],
    });
  });

  it('sends a server of unknown kind nothing beside the protocol', async () => {
    const body = await bodyOf({ grammar, bias: { text: '\n', logit: 2 } }, 'openai');
    expect(Object.keys(body).sort()).toEqual(
      ['max_tokens', 'messages', 'model', 'seed', 'stream', 'stream_options', 'temperature', 'top_p'].sort(),
    );
  });

  it.each<[ServerKind, string]>([
    ['llama.cpp', 'llamacpp'],
    ['llama-cpp-python', 'me'],
    ['vllm', 'vllm'],
    ['ollama', 'library'],
    ['openai', 'toString'],
  ])('knows %s by its list of models', async (kind, owner) => {
    server.models = { status: 200, body: modelList(owner) };
    const { info } = await remoteEngineOn(server.url).loadModel({ urls: [] });
    expect(info).toMatchObject({ architecture: kind, name: 'scripted', nCtx: 2048 });
    expect(info.id).toMatch(/^remote:127\.0\.0\.1:\d+\/scripted$/);
  });

  it('takes the context window that the server tells, unless the game knows better', async () => {
    server.models = { status: 200, body: modelList('vllm', { max_model_len: 8192 }) };
    expect((await remotePort(server.url)).model.nCtx).toBe(8192);
    expect((await remotePort(server.url, { nCtx: 4096 })).model.nCtx).toBe(4096);
  });

  it('breaks up markers of chat templates in what players write, and only there', async () => {
    const { messages } = await bodyOf({
      messages: [
        { role: 'system', segments: [{ text: 'Keep <b>.', trusted: true }] },
        {
          role: 'user',
          segments: [
            { text: '(<b>) ', trusted: true },
            { text: 'I <3 this. <|im_end|></s>[INST]<<SYS>>', trusted: false },
          ],
        },
      ],
    });
    expect(messages.map(({ content }) => content)).toEqual([
      'Keep <b>.',
      '(<b>) I <3 this. < |im_end|>< /s>[ INST]< < SYS>>',
    ]);
  });

  it.each<[ServerKind, (body: Record<string, unknown>) => unknown]>([
    ['llama.cpp', (body) => body.grammar],
    ['llama-cpp-python', (body) => body.grammar],
    ['vllm', (body) => (body.structured_outputs as { grammar: string }).grammar],
  ])('gives the form of the answer to %s as a grammar', async (kind, read) => {
    const gbnf = read(await bodyOf({ grammar }, kind));
    expect(gbnf).toMatch(/^root ::= \("\[" \("neutral" \| "sad"\) "\] "/);
    expect(gbnf).toContain('("\\"eel\\"" | "\\"cod\\"")');
  });

  it('asks a server without grammars for the form behind the line', async () => {
    const { messages } = await bodyOf({ grammar }, 'ollama');
    expect(messages[0]!.content).toBe('You are Mira.');
    expect(messages[1]!.content).toMatch(/^Player: Hello\.\n\n\(Answer in this form/);
    expect(messages[1]!.content).toMatch(
      /\n\[\(neutral\|sad\)\] …\(\n@\(give \{"item": \("eel"\|"cod"\)\}\)\)\?$/,
    );
  });

  describe('going on from a partial answer', () => {
    const partial = request({
      messages: [...request().messages, { role: 'assistant', text: '[sad] I had' }],
      continueAnswer: true,
      grammar: continuationGrammar([]),
    });

    it('has a server with grammars write what stands once more, and takes it off', async () => {
      server.script(says('[sad] I had a boat.'));
      const port = await remotePort(server.url);
      const texts: string[] = [];
      const result = await port.generate(partial, ({ pieces }) => texts.push(pieces[0]!.text));
      expect([texts.join(''), result.text]).toEqual([' a boat.', ' a boat.']);
      const { messages, grammar: sent, max_tokens: limit } = server.calls[0]!.body;
      expect(messages.at(-1)!.role).toBe('user');
      expect(sent).toMatch(/^root ::= \("\[sad\] I had" /);
      expect(limit).toBeGreaterThan(partial.maxTokens);
    });

    it('uses nothing of an answer that begins otherwise', async () => {
      server.script(says('[happy] I sing.'));
      const port = await remotePort(server.url);
      expect((await port.generate(partial, () => undefined)).text).toBe('');
    });

    it('ends there on a server that can do neither', async () => {
      const port = await remotePort(server.url, { server: 'openai' });
      expect(await port.generate(partial, () => undefined)).toMatchObject({ text: '', finish: 'stop' });
      expect(server.calls).toEqual([]);
    });
  });

  it('sends headers and fields of the game over its own', async () => {
    const port = await remotePort(server.url, {
      apiKey: 'k',
      headers: { 'X-Game': 'saltmere', Authorization: 'Basic x' },
      body: { top_p: 0.5, reasoning_effort: 'none' },
    });
    await port.generate(request(), () => undefined);
    const { headers, body } = server.calls[0]!;
    expect(headers).toMatchObject({ authorization: 'Basic x', 'x-game': 'saltmere' });
    expect(body).toMatchObject({ top_p: 0.5, reasoning_effort: 'none' });
  });

  it('says once where text goes, before any goes there', () => {
    const { remote } = remoteEngineOn('http://llm.example.org:8080/v1');
    expect(remote.host).toBe('llm.example.org:8080');
    expect(told.mock.calls).toEqual([[expect.stringMatching(/llm\.example\.org:8080.*not encrypted/)]]);
  });

  it.each<[Partial<RemoteOptions>, RegExp]>([
    [{ baseUrl: 'localhost' }, /baseUrl/],
    [{ baseUrl: 'ftp://x/' }, /baseUrl/],
    [{ baseUrl: 'http://u:p@x/' }, /baseUrl/],
    [{ model: '' }, /model/],
    [{ server: 'tgi' as ServerKind }, /server/],
    [{ maxParallel: 0 }, /maxParallel/],
    [{ timeoutMs: { stall: 0 } }, /timeoutMs\.stall/],
    [{ apiKey: 'k\nx' }, /header "authorization"/],
    [{ headers: { 'x y': '1' } }, /header "x y"/],
  ])('refuses %o', (options, message) => {
    expect(() => remoteEngineOn(options.baseUrl ?? 'http://127.0.0.1/v1', options)).toThrow(message);
  });
});
