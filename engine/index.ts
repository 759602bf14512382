/** The engine's public API, seen from the main thread. */
export {
  createEngine,
  type Engine,
  type EngineEvents,
  type EngineOptions,
  type LoadedEngine,
} from './client.js';
export {
  createModelLibrary,
  type ModelLibrary,
  type ModelLibraryOptions,
  type TransferOptions,
} from './model-library.js';
export type {
  DownloadRequest,
  PartialDownload,
  StoredModel,
  TransferProgress,
  TransferStage,
} from './model-store/protocol.js';
export {
  EngineError,
  type EngineErrorCode,
  type EngineStatistics,
  type Grant,
  type GrantUse,
  type KernelBuild,
  type LoadModelRequest,
  type LoadProgress,
  type ModelInfo,
  type StorageState,
} from './protocol.js';
export { canShareMemory } from './threads/shared-memory.js';
