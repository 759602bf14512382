/** What is heard: short sounds by key, and two loops. Keys that were not loaded are silent. */
import * as Phaser from 'phaser';
import { VOLUME_STEPS } from './settings/settings.js';
import { SETTINGS_CHANGED, settingsOf } from './settings/settings-keeper.js';

export type SoundKey =
  | 'step'
  | 'type'
  | 'open'
  | 'close'
  | 'select'
  | 'clue'
  | 'item'
  | 'lamp'
  | 'win'
  | 'gull';

const LOOPS = ['sea', 'dusk'] as const;

/** `sounds.json`: the file of each key, beside it, and how loud it is among the others, 0 to 1. */
type SoundList = Readonly<Record<string, { readonly file: string; readonly volume: number }>>;
const LIST = 'sounds';

/** Loads the list of sounds, and then each of them. */
export function loadSounds(scene: Phaser.Scene): void {
  const folder = 'assets/sounds/';
  scene.load.json(LIST, `${folder}sounds.json`);
  scene.load.once(`filecomplete-json-${LIST}`, (_key: string, _type: string, list: SoundList) => {
    for (const [key, { file }] of Object.entries(list)) scene.load.audio(key, folder + file);
  });
}

/** Plays a sound once. @param rate of its pitch */
export function playSound(scene: Phaser.Scene, key: SoundKey, { rate = 1 } = {}): void {
  // Before the first gesture browsers only queue: all of it would be heard at once.
  if (scene.sound.locked || !scene.cache.audio.exists(key)) return;
  const volume = loudness(settingsOf(scene).sound) * volumeOf(scene.game, key);
  if (volume > 0) scene.sound.play(key, { volume, rate });
}

/** Starts sea and evening for the whole game, as loud as the settings say; silent while the page is hidden. */
export function startAmbience(game: Phaser.Game): void {
  const { sound, events, registry } = game;
  sound.pauseOnBlur = false;
  events.on(Phaser.Core.Events.HIDDEN, () => sound.setMute(true));
  events.on(Phaser.Core.Events.VISIBLE, () => sound.setMute(false));
  const loops = LOOPS.filter((key) => game.cache.audio.exists(key)).map((key) =>
    sound.add(key, { loop: true }),
  ) as Phaser.Sound.WebAudioSound[];
  const setVolumes = () => {
    for (const loop of loops) loop.setVolume(loudness(settingsOf(game).music) * volumeOf(game, loop.key));
  };
  const play = () => {
    setVolumes();
    for (const loop of loops) loop.play();
  };
  registry.events.on(SETTINGS_CHANGED, setVolumes);
  if (sound.locked) sound.once(Phaser.Sound.Events.UNLOCKED, play);
  else play();
}

function volumeOf(game: Phaser.Game, key: string): number {
  return (game.cache.json.get(LIST) as SoundList)[key]?.volume ?? 1;
}

/** Ears hear powers: the middle of the scale is a quarter of the amplitude. */
function loudness(steps: number): number {
  return (steps / VOLUME_STEPS) ** 2;
}
