/** Who owns the worker tells of its death, once for all who were talking. */
export function isWorkerLost(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'worker-lost';
}
