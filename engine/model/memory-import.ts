/**
 * The kernels are compiled once a build, with their memory imported as shared; where no memory can be shared, this flag is
 * all that differs, and not a second set of binaries.
 */
import { EngineError } from '../protocol.js';

const IMPORT_SECTION = 2;
const MEMORY_IMPORT = 2;
const HAS_MAXIMUM = 1;
const HAS_MAXIMUM_SHARED = 3;

/**
 * A copy of a module whose imported memory is not shared.
 * @throws EngineError internal: it imports no shared memory
 * @source WebAssembly core specification 2.0, 5.5.5 "Import Section" and 5.3.7 "Limits" with the threads proposal
 */
export function withUnsharedMemory(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(module);
  copy[memoryLimits(copy)] = HAS_MAXIMUM;
  return copy;
}

/** Where the limits of the imported memory begin. */
function memoryLimits(bytes: Uint8Array): number {
  let at = 8;
  const leb = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const skipName = () => {
    const length = leb();
    at += length;
  };
  while (at < bytes.length) {
    const section = bytes[at++];
    const end = leb() + at;
    if (section === IMPORT_SECTION) {
      for (let count = leb(); count > 0; count--) {
        skipName();
        skipName();
        if (bytes[at++] === MEMORY_IMPORT && bytes[at] === HAS_MAXIMUM_SHARED) return at;
        leb();
      }
    }
    at = end;
  }
  throw new EngineError('internal', 'The kernels import no shared memory.');
}
