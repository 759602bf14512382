import { MemoryFiles } from './memory-files.js';
import { OpfsFiles } from './opfs-files.js';
import { CrashSafeStore, type Store } from './store.js';

const FOLDER = 'parley';
const PROBE = 'probe';

/** The best store this browser allows: OPFS where a write really works, else memory with one line in the console. */
export async function openStore(): Promise<Store> {
  try {
    const store = new CrashSafeStore(await OpfsFiles.open(FOLDER));
    await store.write(PROBE, Uint8Array.of(1));
    // Browsers before the final form of OPFS take a write and give nothing back.
    if ((await store.read(PROBE))?.[0] === undefined) throw new Error('what was written cannot be read');
    await store.remove(PROBE);
    return store;
  } catch (error) {
    console.info(
      `Parley: saves last only as long as this page, since the browser refuses storage (${String(error)}).`,
    );
    return new CrashSafeStore(new MemoryFiles());
  }
}
