/** The remote port on a server of a test. */
import type { EnginePort, GenerateRequest } from '../../plugin/engine-port.js';
import { checkedOptions, type RemoteOptions } from '../../plugin/remote/options.js';
import { RemoteEngine, type Saves } from '../../plugin/remote/remote-engine.js';

/** Saves that keep nothing. */
export const noSaves: Saves = {
  readDoc: async () => undefined,
  writeDoc: async () => undefined,
  listDocs: async () => [],
  grant: () => undefined,
  on: () => () => undefined,
  dispose: () => undefined,
};

export function remoteEngineOn(
  baseUrl: string,
  options: Partial<RemoteOptions> = {},
  saves = noSaves,
): RemoteEngine {
  return new RemoteEngine(checkedOptions({ baseUrl, model: 'scripted', ...options }), saves);
}

export function remotePort(baseUrl: string, options: Partial<RemoteOptions> = {}): Promise<EnginePort> {
  return remoteEngineOn(baseUrl, options).loadModel({ urls: [] });
}

export function request(fields: Partial<GenerateRequest> = {}): GenerateRequest {
  return {
    sequence: 'main/mira/0',
    messages: [
      { role: 'system', segments: [{ text: 'You are Mira.', trusted: true }] },
      { role: 'user', segments: [{ text: 'Player: Hello.', trusted: false }] },
    ],
    priority: 'player',
    sampling: { temperature: 0.3 },
    seed: 7,
    maxTokens: 40,
    stop: [],
    ...fields,
  };
}
