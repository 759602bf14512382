import { heightOf, Menu } from '../menu/menu.js';
import { type OverlayData, OverlayScene } from '../menu/overlay-scene.js';
import { addPanel, addVeil } from '../menu/panel.js';
import type { MenuRow } from '../menu/rows.js';
import { showPicture } from '../saves/picture.js';
import { loadGame, saveGame, shelfOf } from '../saves/playing.js';
import { readSaveFile, type SavedGame, SaveError } from '../saves/save-file.js';
import type { Slot, SlotContent } from '../saves/save-shelf.js';
import { exportSave, pickSaveFile } from '../saves/save-transfer.js';
import { dateText, playedText } from '../saves/save-words.js';
import { ask } from './question-scene.js';

interface SavesData extends OverlayData {
  readonly mode: 'save' | 'load';
}

/** The slots: to save into, or to load, export and delete. */
export class SavesScene extends OverlayScene<SavesData> {
  constructor() {
    super('saves');
  }

  protected override build(): void {
    addVeil(this);
    void this.#show();
  }

  async #show(): Promise<void> {
    const { mode } = this.options;
    const contents = (await shelfOf(this).list()).filter(({ slot }) => mode === 'load' || slot !== 'auto');
    const pictures = await Promise.all(contents.map((content) => this.#picture(content)));
    if (!this.scene.isActive()) return;
    const rows: MenuRow[] = contents.map((content, i) => this.#card(content, pictures[i]));
    if (mode === 'load') {
      rows.push({ kind: 'button', label: 'Import a file…', act: () => void this.#import() });
    }
    const cards = contents.length;
    const size = { width: 264, height: heightOf(rows.length - cards, cards, true) };
    const title = mode === 'load' ? 'Load' : 'Save';
    new Menu(
      this,
      rows,
      addPanel(this, title, size, () => this.close()),
    );
  }

  /** The key of a texture with the save's picture. */
  async #picture({ slot, game }: SlotContent): Promise<string | undefined> {
    const key = `picture-${slot}`;
    return game?.picture && (await showPicture(this, key, game.picture)) ? key : undefined;
  }

  #card(content: SlotContent, picture: string | undefined): MenuRow {
    const { slot, game, error } = content;
    const { mode } = this.options;
    return {
      kind: 'card',
      label: `${nameOf(slot)}: ${game ? game.place : error ? 'Damaged' : 'Empty'}`,
      aside: game && !error ? `${playedText(game.playedMs)} · ${dateText(game.savedAt)}` : '',
      detail: error ? 'The save is damaged.' : game ? game.objective : mode === 'save' ? 'Save here' : '',
      picture: { texture: picture },
      enabled: mode === 'save' || game !== undefined || error !== undefined,
      act: () => (mode === 'save' ? this.#askToSave(content) : this.#askToLoad(content)),
    };
  }

  #askToSave({ slot, game, error }: SlotContent): void {
    const save = () => void this.#save(slot);
    if (!game && !error) save();
    else {
      ask(this, {
        title: nameOf(slot),
        text: 'Save over what is there?',
        answers: [{ label: 'Save', act: save }, { label: 'Back' }],
      });
    }
  }

  async #save(slot: Slot): Promise<void> {
    try {
      await saveGame(this, slot);
      this.rebuild();
    } catch (error) {
      this.#tell('The game could not be saved.', error);
    }
  }

  #askToLoad({ slot, game, error }: SlotContent): void {
    const answers = [
      ...(game ? [{ label: 'Load', act: () => void this.#load(game) }] : []),
      ...(game ? [{ label: 'Export as a file', act: () => exportSave(game) }] : []),
      ...(slot === 'auto' ? [] : [{ label: 'Delete…', act: () => this.#askToDelete(slot) }]),
      { label: 'Back' },
    ];
    const text = !error
      ? `${game?.objective ?? ''}`
      : game
        ? 'The newest save is damaged; this is the one before it.'
        : `The save is damaged: ${error.message} ${error.hint}`;
    ask(this, { title: nameOf(slot), text, answers });
  }

  #askToDelete(slot: Slot): void {
    ask(this, {
      title: nameOf(slot),
      text: 'Delete this save? It cannot be brought back.',
      answers: [{ label: 'Keep it' }, { label: 'Delete', act: () => void this.#delete(slot) }],
    });
  }

  async #delete(slot: Slot): Promise<void> {
    await shelfOf(this).remove(slot);
    this.rebuild();
  }

  async #load(game: SavedGame): Promise<void> {
    try {
      await loadGame(this, game);
      this.closeAll();
    } catch (error) {
      this.#tell('This save could not be loaded; the game that is played stays.', error);
    }
  }

  async #import(): Promise<void> {
    const bytes = await pickSaveFile();
    if (!bytes) return;
    try {
      const game = readSaveFile(bytes);
      ask(this, {
        title: 'Import',
        text: `${game.place}, ${playedText(game.playedMs)}, ${dateText(game.savedAt)}. ${game.objective}`,
        answers: [{ label: 'Play it', act: () => void this.#load(game) }, { label: 'Back' }],
      });
    } catch (error) {
      this.#tell('This file cannot be read.', error);
    }
  }

  /** The village was started from here: what was open over it goes. */
  protected closeAll(): void {
    for (const key of ['pause', 'title', 'backdrop', 'saves']) this.scene.stop(key);
  }

  #tell(text: string, error: unknown): void {
    const why = error instanceof SaveError ? ` ${error.message} ${error.hint}` : '';
    ask(this, { title: 'Saves', text: `${text}${why}`, answers: [{ label: 'All right' }] });
  }
}

function nameOf(slot: Slot): string {
  return slot === 'auto' ? 'Autosave' : `Slot ${slot}`;
}
