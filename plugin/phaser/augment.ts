import type { Persona } from '../dialogue/index.js';
import type { Speaker } from '../ui/speech-bubble.js';
import type { NpcDialogue, NpcDialogueOptions } from './npc-dialogue.js';
import type { ParleyScenePlugin } from './parley-scene-plugin.js';

declare global {
  namespace Phaser {
    interface Scene {
      /** Talking characters: the model, the save slot, the budget, and the characters of this scene. */
      parley: ParleyScenePlugin;
    }

    namespace GameObjects {
      interface GameObjectFactory {
        /**
         * Gives a sprite a voice.
         * @param persona a key of `this.load.npcPersona`, or a persona
         * @throws DialogueError duplicate-character: one with this id is alive
         * @throws RangeError a persona key that was never loaded
         */
        npcDialogue(sprite: Speaker, persona: string | Persona, options?: NpcDialogueOptions): NpcDialogue;
      }
    }

    namespace Loader {
      interface LoaderPlugin {
        /**
         * Loads a persona (JSON); an invalid one is a `loaderror`, and the game goes on.
         * @param url default: `key.json`
         * @param prefix address of what `parley bake` made of it: its first answer starts without reading the persona
         */
        npcPersona(key: string, url?: string, prefix?: string): this;
        /**
         * Hands a model to the engine worker, which streams it beside the game: the loader does not wait for it.
         * @param url address of a GGUF file, or of its parts in order. Default: `key.gguf`
         */
        npcModel(key: string, url?: string | readonly string[]): this;
      }
    }
  }
}
