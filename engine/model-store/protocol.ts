/** What the model manager is asked and tells, between the page and its worker: plain data. */

/** A model to be kept on the player's device. */
export interface DownloadRequest {
  /** Absolute addresses of the parts of one GGUF file, in order. */
  readonly urls: readonly string[];
  /** SHA-256 of the whole file in hex. Without it the bytes are trusted as the server sends them. */
  readonly sha256?: string;
  /** Size of the whole file. A server that says otherwise is refused before anything is loaded. */
  readonly bytes?: number;
  /** For the player. Default: the name in the file, else that of the last part of the address. */
  readonly name?: string;
}

/**
 * `waiting`: another tab of the origin loads the same model; `connecting`: no byte came yet, or a connection broke and
 * is tried again; `download`; `copy`, of a file that the player gave; `check`: all bytes are here.
 */
export type TransferStage = 'waiting' | 'connecting' | 'download' | 'copy' | 'check';

export interface TransferProgress {
  readonly stage: TransferStage;
  /** Bytes on the device, those of an earlier try with them. */
  readonly loadedBytes: number;
  /** Undefined while nobody says it. */
  readonly totalBytes: number | undefined;
  /** Of the last seconds; 0 while nothing comes. */
  readonly bytesPerSecond: number;
  /** Undefined while the speed or the size is not known. */
  readonly secondsLeft: number | undefined;
}

/** A whole model on the device. */
export interface StoredModel {
  /** `sha256:` and the hash of the file, as `ModelInfo.id`. */
  readonly id: string;
  /** Address for `loadModel`, made of the id; valid on this origin of this browser only. */
  readonly url: string;
  readonly name: string;
  readonly bytes: number;
  /** Where it came from; empty for a file that the player gave. */
  readonly sources: readonly string[];
  /** Unix time in milliseconds. */
  readonly storedAt: number;
}

/** A download that was cut off or cancelled; the same request goes on from here. */
export interface PartialDownload {
  readonly id: string;
  readonly name: string;
  readonly loadedBytes: number;
  readonly totalBytes: number | undefined;
  /** For `download`, to go on. */
  readonly request: DownloadRequest;
}

/** The first message to the worker of the model manager. */
export interface StartModelsMessage {
  readonly role: 'models';
  /** Comlink's port. */
  readonly calls: MessagePort;
  /** For ProgressMessage. */
  readonly progress: MessagePort;
}

export interface ProgressMessage {
  /** Of the call that it belongs to. */
  readonly id: number;
  readonly progress: TransferProgress;
}
