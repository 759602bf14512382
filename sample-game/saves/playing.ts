/** The game that is played: begin it, go on with it, save it. State is the registry's, talks are Parley's. */
import type * as Phaser from 'phaser';
import type { Walker } from '../actors/walker.js';
import { objective } from '../story/quest.js';
import { placeName } from '../world/place-names.js';
import { takePicture } from './picture.js';
import { isStateValue, type SavedGame } from './save-file.js';
import { SaveShelf, type Slot } from './save-shelf.js';

/** Registry keys that begin so belong to this visit, and are no part of the game that is saved. */
const VISIT = 'session.';
const SHELF = `${VISIT}shelf`;
const PLAYED = `${VISIT}playedMs`;
const ARRIVAL = `${VISIT}arrival`;

/** The save slots, one shelf for the whole game. */
export function shelfOf(scene: Phaser.Scene): SaveShelf {
  const known = scene.registry.get(SHELF) as SaveShelf | undefined;
  if (known) return known;
  const shelf = new SaveShelf();
  scene.registry.set(SHELF, shelf);
  return shelf;
}

export function playedMs({ registry }: Phaser.Scene): number {
  return (registry.get(PLAYED) as number | undefined) ?? 0;
}

export function countPlayed(scene: Phaser.Scene, deltaMs: number): void {
  scene.registry.set(PLAYED, playedMs(scene) + deltaMs);
}

/** Begins anew: nobody remembers anything. */
export async function beginGame(scene: Phaser.Scene): Promise<void> {
  setState(scene, {}, 0, undefined);
  await scene.parley.newGame();
  scene.scene.start('village');
}

/** Goes on with the game of the last visit, whose talks Parley has kept line by line. */
export function continueGame(scene: Phaser.Scene, game: SavedGame): void {
  setState(scene, game.state, game.playedMs, game.player);
  scene.scene.start('village');
}

/**
 * Goes on with a save of the player's, from here or from a file.
 * @throws DialogueError save-invalid: its talks are none; the game that is played stays
 */
export async function loadGame(scene: Phaser.Scene, game: SavedGame): Promise<void> {
  await scene.parley.load(game.talks);
  continueGame(scene, game);
}

/** Where the player comes back to; undefined in a new game, and once it was asked for. */
export function takeArrival({ registry }: Phaser.Scene): SavedGame['player'] | undefined {
  const arrival = registry.get(ARRIVAL) as SavedGame['player'] | undefined;
  registry.remove(ARRIVAL);
  return arrival;
}

/** Writes the game as it is now. @param scene the village, or one over it */
export async function saveGame(scene: Phaser.Scene, slot: Slot): Promise<void> {
  const village = scene.scene.get('village') as Phaser.Scene & { readonly player: Walker };
  const { player } = village;
  const game: Omit<SavedGame, 'talks' | 'picture'> = {
    savedAt: Date.now(),
    playedMs: Math.round(playedMs(scene)),
    place: placeName(player.x, player.y),
    objective: objective((key) => scene.registry.get(key)),
    player: { x: Math.round(player.x), y: Math.round(player.y), facing: player.facing },
    state: stateOf(scene),
  };
  // A save is not lost for its picture.
  const taken = takePicture(village, player).catch(() => undefined);
  const [talks, picture] = await Promise.all([scene.parley.save(), taken]);
  await shelfOf(scene).write(slot, { ...game, talks, ...(picture ? { picture } : {}) });
}

/** Whether a key of the registry belongs to the game, and not to this visit. */
export function isOfGame(key: string): boolean {
  return !key.startsWith(VISIT);
}

function stateOf({ registry }: Phaser.Scene): SavedGame['state'] {
  const all = Object.entries(registry.getAll());
  return Object.fromEntries(all.filter(([key, value]) => isOfGame(key) && isStateValue(value)));
}

function setState(
  { registry }: Phaser.Scene,
  state: SavedGame['state'],
  played: number,
  arrival: SavedGame['player'] | undefined,
): void {
  for (const key of Object.keys(registry.getAll())) if (isOfGame(key)) registry.remove(key);
  for (const [key, value] of Object.entries(state)) registry.set(key, value);
  registry.set(PLAYED, played);
  registry.set(ARRIVAL, arrival);
}
