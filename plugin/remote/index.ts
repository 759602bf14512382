/** The component on an OpenAI-compatible server: the package's entry point `phaser-parley/remote`. */
export { remoteEngine } from './create-remote-engine.js';
export type { RemoteOptions, Timeouts } from './options.js';
export { RemoteError, type RemoteErrorCode } from './remote-error.js';
export type { ServerKind } from './servers.js';
