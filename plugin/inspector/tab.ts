import type { ParleyPlugin } from '../phaser/parley-plugin.js';

/** One page of the inspector. It asks and draws only while it is shown. */
export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly element: HTMLElement;
  /** Between two calls of `refresh`, in milliseconds. */
  readonly periodMs: number;
  /** Shows what is true now. */
  refresh(): void | Promise<void>;
}

/** A live character of the game. */
export type Npc = ReturnType<ParleyPlugin['cast']['members']>[number]['npc'];
