import { describe, expect, it } from 'vitest';
import { type DeviceProfile, proposeModel } from '../../../plugin/phaser/propose-model.js';

const BUNDLED = { name: 'Parley 135M', bytes: 91_000_000, url: 'parley.gguf', local: true };
const TINYLLAMA = { name: 'TinyLlama 1.1B', bytes: 638_000_000, url: 'https://example.com/tinyllama.gguf' };
const SEVEN = { name: 'Seven', bytes: 4_000_000_000, url: 'https://example.com/7b.gguf' };
const ALL = [BUNDLED, TINYLLAMA, SEVEN];

const DESKTOP: DeviceProfile = {
  memoryBytes: 8 * 1024 ** 3,
  cores: 8,
  isolated: true,
  phone: false,
  freeStorageBytes: 20e9,
};

describe('proposeModel', () => {
  it('proposes the largest model that a good computer holds and runs', () => {
    const { candidate, reason, verdicts } = proposeModel(ALL, DESKTOP);
    expect(candidate).toBe(TINYLLAMA);
    expect(reason).toMatch(/^TinyLlama 1\.1B is the largest that fits: 638 MB of 8\.6 GB .* on 4 threads\.$/);
    expect(verdicts.map(({ fits }) => fits)).toEqual([true, true, false]);
    expect(verdicts[2]!.reason).toMatch(/needs 4\.0 GB of memory/);
  });

  it.each<[string, Partial<DeviceProfile>, RegExp]>([
    [
      'has little memory',
      { memoryBytes: 2 * 1024 ** 3 },
      /638 MB of memory; of 2\.1 GB a game may take 537 MB/,
    ],
    ['has two cores', { cores: 2 }, /too slowly: about 5 tokens a second on 1 thread/],
    ['is not isolated', { isolated: false }, /not isolated, so only one core/],
    ['is a phone', { phone: true, memoryBytes: undefined }, /too slowly/],
    ['has no room', { freeStorageBytes: 100e6 }, /638 MB of storage; 100 MB are free/],
  ])('proposes the bundled model where a device %s, and says why not more', (_what, device, why) => {
    const { candidate, verdicts } = proposeModel(ALL, { ...DESKTOP, ...device });
    expect(candidate).toBe(BUNDLED);
    expect(verdicts[1]!.reason).toMatch(why);
  });

  it('proposes nothing, with all reasons, where nothing fits', () => {
    const { candidate, reason } = proposeModel(ALL, { ...DESKTOP, memoryBytes: 256 * 1024 ** 2 });
    expect(candidate).toBeUndefined();
    expect(reason).toMatch(/^No model fits this device\. Parley 135M .*TinyLlama .*Seven /);
  });

  it('rejects a candidate without a size', () => {
    expect(() => proposeModel([{ ...BUNDLED, bytes: 0 }], DESKTOP)).toThrow(RangeError);
  });
});
