/** Where the transcript of one character is kept. What cannot be read or written is said once in the console. */
import type { DocStore } from '../engine-port.js';
import type { Relations } from './feeling.js';
import { tell } from './tell.js';
import { readTranscript, type TranscriptData, talkName, writeTranscript } from './transcript.js';

export class SavedTalk {
  readonly #docs: DocStore;
  /** For messages. */
  readonly #id: string;
  readonly #key: string;

  constructor(docs: DocStore, slot: string, id: string) {
    this.#docs = docs;
    this.#id = id;
    this.#key = `${slot}/${talkName(id)}`;
  }

  /** Undefined where nothing whole was saved. @param relations of saves that have none; never rejects */
  async read(relations: Relations): Promise<TranscriptData | undefined> {
    let bytes: Uint8Array | undefined;
    try {
      bytes = await this.#docs.readDoc(this.#key);
    } catch (error) {
      tell('warning', `the talk with ${this.#id} was not read.`, error);
    }
    if (!bytes || bytes.length === 0) return undefined;
    const data = readTranscript(bytes, relations);
    if (!data) tell('warning', `the saved talk with ${this.#id} is damaged and begins anew.`);
    return data;
  }

  /** Never rejects; the store keeps writes of one key in order. */
  async write(data: TranscriptData): Promise<void> {
    try {
      await this.#docs.writeDoc(this.#key, writeTranscript(data));
    } catch (error) {
      tell('warning', `the talk with ${this.#id} was not saved.`, error);
    }
  }
}
