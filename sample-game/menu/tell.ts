/** Words of the game itself, which must find the player wherever they are. */
import * as Phaser from 'phaser';
import { toast } from '../hud/toast.js';
import { type Answer, ask } from '../scenes/question-scene.js';

/** Scenes beside the one that the player looks at. */
const BESIDE = new Set(['hud', 'backdrop']);
/** Nothing opens over these; they end soon. */
const BUSY = new Set(['boot', 'question']);

interface Words {
  readonly title: string;
  readonly text: string;
  /** Default: one that only closes. */
  readonly answers?: readonly Answer[];
  /** When it is closed without an answer. What has none is only shown while the player walks. */
  readonly otherwise?: () => void;
}

const waiting = new WeakMap<Phaser.Game, Words[]>();

/** Asks or tells over whatever is open; one after the other. */
export function tell(game: Phaser.Game, words: Words): void {
  const known = waiting.get(game);
  if (known) {
    known.push(words);
    return;
  }
  const queue = [words];
  waiting.set(game, queue);
  // Behind the step: scenes that were opened and closed in it are.
  game.events.on(Phaser.Core.Events.POST_STEP, () => {
    if (queue.length === 0) return;
    const top = game.scene.getScenes(true, true).find(({ sys }) => !BESIDE.has(sys.settings.key));
    if (top && !BUSY.has(top.sys.settings.key)) show(top, queue.shift()!);
  });
}

function show(scene: Phaser.Scene, { answers, ...words }: Words): void {
  if (!words.otherwise && scene.sys.settings.key === 'village') toast(scene, words.text);
  else ask(scene, { ...words, answers: answers ?? [{ label: 'All right' }] });
}
