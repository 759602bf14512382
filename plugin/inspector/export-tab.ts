import type { ParleyPlugin } from '../phaser/parley-plugin.js';
import { button, element, heading } from './dom.js';
import { download } from './download.js';
import { NpcChoice } from './npc-choice.js';
import { promptText } from './prompt-layout.js';
import type { Npc, Tab } from './tab.js';

/** Files: a talk to replay, the persona that it was made with, its prompt, the game's save. */
export class ExportTab implements Tab {
  readonly id = 'export';
  readonly label = 'Export';
  readonly periodMs = 500;
  readonly element = element('div');
  readonly #parley: ParleyPlugin;
  readonly #choice: NpcChoice;
  readonly #command = element('pre');
  /** What went wrong with the last file. */
  readonly #failure = element('p', { role: 'alert' });
  readonly #ofOne: readonly HTMLButtonElement[];

  constructor(parley: ParleyPlugin) {
    this.#parley = parley;
    this.#choice = new NpcChoice(parley);
    const forNpc = (label: string, write: (npc: Npc) => Promise<void>) =>
      this.#file(label, async () => {
        const { npc } = this.#choice;
        if (npc) await write(npc);
      });
    this.#ofOne = [
      forNpc('Talk to replay', async ({ id }) => {
        const bytes = await parley.save({ characters: [id] });
        downloadBytes(`${fileName(id)}.save`, bytes);
      }),
      forNpc('Persona', async ({ id, persona }) =>
        download(`${fileName(id)}.json`, personaText(persona, id), 'application/json'),
      ),
      forNpc('Prompt as text', async ({ id, character }) =>
        download(`${fileName(id)}-prompt.txt`, promptText(await character.prompt()), 'text/plain'),
      ),
    ];
    this.element.append(
      heading('One character'),
      this.#choice.element,
      element('div', { class: 'row' }, this.#ofOne),
      element('p', { class: 'quiet' }, ['The talk and the persona make each answer of the model again:']),
      this.#command,
      heading('The game'),
      element('div', { class: 'row' }, [
        this.#file('Save', async () => downloadBytes(`${fileName(parley.slot)}.save`, await parley.save())),
        this.#file('Save with KV caches', async () =>
          downloadBytes(`${fileName(parley.slot)}-caches.save`, await parley.save({ caches: true })),
        ),
      ]),
      this.#failure,
    );
  }

  #file(label: string, write: () => Promise<void>): HTMLButtonElement {
    return button(label, async () => {
      this.#failure.textContent = '';
      try {
        await write();
      } catch (error) {
        this.#failure.textContent = `No file was made. ${error}`;
      }
    });
  }

  refresh(): void {
    const { npc } = this.#choice;
    for (const made of this.#ofOne) made.disabled = !npc;
    const name = fileName(npc?.id ?? 'mira');
    const model = this.#parley.model?.name ?? 'the game’s model';
    const command = `npx parley replay ${name}.save ${name}.json --model FILE.gguf\n# FILE.gguf: ${model}`;
    if (this.#command.textContent !== command) this.#command.textContent = command;
  }
}

function downloadBytes(name: string, bytes: Uint8Array): void {
  download(name, Uint8Array.from(bytes), 'application/octet-stream');
}

/** A talk is found by the character's id, which need not be that of its persona. */
function personaText(persona: Npc['persona'], id: string): string {
  return `${JSON.stringify({ ...persona, id }, null, 2)}\n`;
}

/** Ids may hold what file systems do not take. */
function fileName(id: string): string {
  return id.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-');
}
