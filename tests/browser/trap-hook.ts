/** Makes a kernel of the engine trap when a test says so: by a real pointer that leads out of its memory. */
import type { Page } from 'playwright-core';

/** To be run in the engine's worker: the next attention that it computes itself traps, or that a thread of its pool does. */
export const TRAP_IN_ENGINE = 'trapIn(1)';
export const TRAP_IN_POOL = 'trapIn(2)';

/**
 * Runs in each worker before the engine's own script. A thread of the pool hears no messages while it waits for work, so
 * the command is a word of the memory that all of them share: the first one, which the kernels leave alone.
 */
function hookKernels(): void {
  // Behind the end of the model's memory, also when offsets are added to it.
  const FAR = 0x7fff0000;
  const { instantiate } = WebAssembly;
  const own = self.name === 'parley' ? 1 : 2;
  Object.assign(WebAssembly, {
    instantiate: async (module: WebAssembly.Module, imports: { env: { memory: WebAssembly.Memory } }) => {
      const instance = await instantiate(module, imports as never);
      const attend = instance.exports?.attend as ((...args: number[]) => void) | undefined;
      if (!attend) return instance;
      const command = new Int32Array(imports.env.memory.buffer, 0, 1);
      const hooked = (out: number, ...rest: number[]) => {
        const now = Atomics.compareExchange(command, 0, own, 0) === own;
        attend(now ? FAR : out, ...rest);
      };
      // The instance of the model is made last; those before it are measured and thrown away.
      Object.assign(self, { trapIn: (who: number) => Atomics.store(command, 0, who) });
      return { exports: { ...instance.exports, attend: hooked } };
    },
  });
}

/** Puts the hook before the script of each worker; to be called before the page is opened. */
export async function installTrap(page: Page): Promise<void> {
  await page.addInitScript((hook) => {
    const { createObjectURL } = URL;
    URL.createObjectURL = (object) => {
      const isScript = object instanceof Blob && object.type === 'text/javascript';
      return createObjectURL(isScript ? new Blob([hook, object], { type: object.type }) : object);
    };
  }, `(${hookKernels.toString()})();\n`);
}
