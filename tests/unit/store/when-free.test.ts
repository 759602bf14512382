import { describe, expect, it } from 'vitest';
import { whenFree } from '../../../engine/store/opfs-files.js';

/** A file that another handle has for some tries. */
function busy(name: string, tries: number): () => Promise<string> {
  let left = tries;
  return async () => {
    if (left-- > 0) throw new DOMException('Another handle is open.', name);
    return 'opened';
  };
}

describe('waiting for another handle on a file', () => {
  it.each([
    ['Chromium and Firefox', 'NoModificationAllowedError'],
    ['WebKit', 'InvalidStateError'],
  ])('knows what %s says of it', async (_browser, name) => {
    expect(await whenFree(busy(name, 2))).toBe('opened');
  });

  it('tells any other error at once', async () => {
    const refuses = busy('NotSupportedError', 1);
    await expect(whenFree(refuses)).rejects.toMatchObject({ name: 'NotSupportedError' });
    expect(await refuses()).toBe('opened');
  });
});
