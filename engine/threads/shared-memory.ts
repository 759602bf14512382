/** Whether threads can share memory here. A page may be isolated without: WebKitGTK then shares none. */
export function canShareMemory(): boolean {
  return globalThis.crossOriginIsolated === true && typeof SharedArrayBuffer === 'function';
}
