import { type ServerOptions, startStaticServer } from '../../scripts/server/static-server.mjs';

/** Serves a folder on a free port of the loopback interface. */
export function serve(options: ServerOptions): Promise<{ url: string; close: () => Promise<void> }> {
  return startStaticServer(0, options);
}
