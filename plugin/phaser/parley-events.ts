import type { GrantUse, LoadProgress, ModelInfo, StorageState } from '../../engine/index.js';
import type { NpcDialogue } from './npc-dialogue.js';

/** The events of `parley.events`. */
export type ParleyEvents = {
  'model-progress': [progress: LoadProgress];
  /** The model can answer; also after a lost worker was started again. */
  'model-ready': [info: ModelInfo];
  /** The model could not be loaded; characters go on with authored lines. */
  'model-error': [error: Error];
  /** The engine worker died; it is started again by itself unless `final`. */
  'worker-lost': [loss: { readonly final: boolean; readonly reason: string }];
  'persona-error': [failure: { readonly key: string; readonly url: string; readonly error: Error }];
  /** Tokens that ended under one grant. */
  use: [use: GrantUse];
  /** Two characters talked to each other when no one asked, see `parley.gossip`; it may have been cut short. */
  gossip: [one: NpcDialogue, other: NpcDialogue];
  /** It is known where saves go, or this page begins to save in place of another tab that was closed. */
  storage: [storage: StorageState];
  /** The save slot changed, was cleared, or was loaded: characters began again from its transcripts. */
  slot: [slot: string];
};
