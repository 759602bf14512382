import { EngineError } from '../../../../engine/protocol.js';

/** Code and message of the EngineError that `work` throws. */
export function codeOf(work: () => unknown): { code: string; message: string } {
  try {
    work();
  } catch (error) {
    if (error instanceof EngineError) return { code: error.code, message: error.message };
    throw error;
  }
  return { code: 'nothing was thrown', message: '' };
}
