import type * as Phaser from 'phaser';
import { listen } from '../listen.js';
import { readSettings, type Settings, writeSettings } from './settings.js';

const STORAGE_KEY = 'saltmere.settings';
/** In the game's registry: scenes read it there and hear of changes. */
const REGISTRY_KEY = 'session.settings';
/** Event of the registry. */
export const SETTINGS_CHANGED = `changedata-${REGISTRY_KEY}`;

/** Reads the settings of an earlier visit into the registry. */
export function openSettings(game: Phaser.Game): void {
  game.registry.set(REGISTRY_KEY, readSettings(stored()));
}

export function settingsOf({ registry }: { readonly registry: Phaser.Data.DataManager }): Settings {
  return registry.get(REGISTRY_KEY) as Settings;
}

/** Changes some settings, at once and for the next visit. */
export function changeSettings(
  { registry }: { readonly registry: Phaser.Data.DataManager },
  change: Partial<Settings>,
): void {
  const settings = { ...(registry.get(REGISTRY_KEY) as Settings), ...change };
  registry.set(REGISTRY_KEY, settings);
  try {
    localStorage.setItem(STORAGE_KEY, writeSettings(settings));
  } catch {
    // Blocked or full: they last as long as the page.
  }
}

/** Calls back now and after each change, until the scene ends. */
export function onSettings(scene: Phaser.Scene, apply: (settings: Settings) => void): void {
  const changed = (_parent: unknown, settings: Settings) => apply(settings);
  listen(scene, scene.registry.events, SETTINGS_CHANGED, changed);
  apply(settingsOf(scene));
}

/** What the system says; it may change its mind while the game runs. */
const system = matchMedia('(prefers-reduced-motion: reduce)');

/** Whether things should stand still: as the player wishes here, else as the system says. */
export function reducedMotion(scene: { readonly registry: Phaser.Data.DataManager }): boolean {
  const { motion } = settingsOf(scene);
  return motion === 'auto' ? system.matches : motion === 'reduced';
}

/** Calls back now and whenever things should begin to stand still or to move, until the scene ends. */
export function onMotion(scene: Phaser.Scene, apply: (still: boolean) => void): void {
  let last: boolean | undefined;
  const tell = () => {
    const still = reducedMotion(scene);
    if (still === last) return;
    last = still;
    apply(still);
  };
  system.addEventListener('change', tell);
  scene.events.once('shutdown', () => system.removeEventListener('change', tell));
  onSettings(scene, tell);
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}
