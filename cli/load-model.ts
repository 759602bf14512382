import type { EngineHost } from '../engine/host.js';
import type { ModelInfo } from '../engine/protocol.js';
import { threadsOf } from './arguments.js';
import { type HostPort, hostPort } from './host-port.js';
import { createNodeHost, UNLIMITED_GRANT } from './node-engine.js';
import { UsageError } from './usage-error.js';

interface LoadedModel {
  readonly host: EngineHost;
  readonly port: HostPort;
  readonly info: ModelInfo;
}

/**
 * The model that a command was called with, free to run.
 * @param values of MODEL_OPTIONS
 * @throws UsageError no model, or threads that are no number; EngineError what is wrong with the file
 */
export async function loadModel(
  kernelFolder: string,
  values: { readonly model?: readonly string[] | undefined; readonly threads?: string | undefined },
  usage: string,
): Promise<LoadedModel> {
  if (!values.model) throw new UsageError('Got no --model.', usage);
  const threads = threadsOf(values.threads, usage);
  let port: HostPort | undefined;
  const host = await createNodeHost(kernelFolder, (message) => port?.receive(message));
  host.grant(UNLIMITED_GRANT);
  const info = await host.loadModel({ urls: values.model, threads });
  port = hostPort(host, info);
  return { host, port, info };
}
