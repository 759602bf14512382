/** The engine in Node behind the plugin's port, for dialogue on the real model. */
import { hostPort } from '../../cli/host-port.js';
import type { GenerateRequest } from '../../engine/protocol.js';
import type { EnginePort } from '../../plugin/engine-port.js';
import type { EngineFixture } from './engine-fixture.js';

export { memoryDocs } from '../../cli/memory-docs.js';

/** The fixture's own requests have smaller ones. */
const FIRST_ID = 1_000_000;

/** Requests, as they were made, beside the port. */
export interface WatchedPort extends EnginePort {
  readonly requests: readonly GenerateRequest[];
}

/** Takes over the fixture's messages. */
export function portOf(engine: EngineFixture): WatchedPort {
  const port = hostPort(engine.host, engine.info, FIRST_ID);
  const requests: GenerateRequest[] = [];
  engine.onMessage = port.receive;
  return {
    ...port,
    requests,
    generate: (request, onChunk, signal) => {
      requests.push(request);
      return port.generate(request, onChunk, signal);
    },
  };
}
