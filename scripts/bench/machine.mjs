/** How results name the machine they were measured on. */
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** The best of these tells machines apart whose processors have one name, and says what speed can be expected. */
const TELLING_SETS = ['avx512_vnni', 'avx_vnni', 'avx512f', 'avx2', 'asimddp', 'asimd'];

/** The processor by name and, where the system tells, its best set of vector instructions. */
export function processorName() {
  const name = cpus()[0]?.model.trim() || 'unknown processor';
  const set = TELLING_SETS.find((candidate) => instructionSets().has(candidate));
  return set ? `${name} with ${set.toUpperCase().replace('_', '-')}` : name;
}

export function machineName() {
  return `${processorName()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}

/** Linux only; empty elsewhere. */
function instructionSets() {
  try {
    const flags = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? '';
    return new Set(flags.trim().split(' '));
  } catch {
    return new Set();
  }
}
