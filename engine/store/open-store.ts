import { EngineError, type StorageState } from '../protocol.js';
import { IdbFiles } from './idb-files.js';
import { MemoryFiles } from './memory-files.js';
import { OpfsFiles } from './opfs-files.js';
import { type RequestLock, SharedStore } from './shared-store.js';
import { CrashSafeStore, isFull, type RawFiles, type Store } from './store.js';

const PLACE = 'parley';
/** What outlives the page, best first. */
const DURABLE: readonly (() => Promise<RawFiles>)[] = [
  async () => new OpfsFiles(PLACE),
  () => IdbFiles.open(PLACE),
];

/** The store of one game, shared by its tabs; `onChange` as for SharedStore. */
export async function openGameStore(
  gameId: string,
  onChange: (storage: StorageState) => void,
): Promise<Store> {
  const store = await openStore();
  // Memory is each tab's own; where tabs cannot see each other, the last write wins.
  const alone = store.kind === 'memory' || !('locks' in navigator);
  return new SharedStore(store, alone ? noLock : webLock(`parley/${gameId}`), onChange);
}

const noLock: RequestLock = async (granted) => granted();

function webLock(name: string): RequestLock {
  return (granted) =>
    navigator.locks.request(name, () => {
      granted();
      return new Promise(() => undefined);
    });
}

/** The first place where a write really works, else memory; one line in the console tells when it is not the first. */
export async function openStore(places = DURABLE): Promise<Store> {
  const refusals: string[] = [];
  for (const open of places) {
    try {
      const files = await open();
      await prove(files);
      if (refusals.length > 0) {
        console.info(
          `Parley: saves go to ${files.kind}, since a better place refuses (${refusals.join('; ')}).`,
        );
      }
      return new CrashSafeStore(files);
    } catch (error) {
      refusals.push(String(error));
    }
  }
  console.info(
    `Parley: saves last only as long as this page, since the browser refuses storage (${refusals.join('; ')}).`,
  );
  return new CrashSafeStore(new MemoryFiles());
}

/** @throws EngineError store-failed, or Error: files are not kept here */
async function prove(files: RawFiles): Promise<void> {
  // Another tab may be proving the same place.
  const name = `probe-${Math.random().toString(36).slice(2)}`;
  try {
    await files.write(name, [Uint8Array.of(1)]);
    // Browsers before the final form of OPFS take a write and give nothing back.
    if ((await files.read(name))?.[0] !== 1) throw new Error('what was written cannot be read');
  } catch (error) {
    // A full disk must not hide the saves that are on it.
    const full = error instanceof EngineError && isFull(error.cause);
    if (!full || (await new CrashSafeStore(files).list('')).length === 0) throw error;
  } finally {
    await files.remove(name);
  }
}
