import workerSource from 'parley:worker-source';

let embedded: string | undefined;

/**
 * Starts the built worker. `new Worker(new URL(…))` inside a dependency breaks in bundlers' dev servers; a Blob works
 * everywhere. Its address stays valid as long as the page: the engine starts its threads from it.
 * @param name for the browser's tools
 * @param url of the script, absolute; default: the embedded one, from a Blob
 */
export function startWorker(name: string, url?: string): Worker {
  embedded ??= URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  return new Worker(url ?? embedded, { name });
}
