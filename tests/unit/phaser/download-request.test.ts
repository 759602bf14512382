import { describe, expect, it } from 'vitest';
import { checkedRequest } from '../../../plugin/phaser/download-request.js';

const BASE = 'https://example.com/game/index.html';

describe('checkedRequest', () => {
  it('takes one address or several, relative to the page', () => {
    expect(checkedRequest({ url: 'models/a.gguf' }, BASE)).toEqual({
      urls: ['https://example.com/game/models/a.gguf'],
    });
    const request = checkedRequest(
      { url: ['/a', 'https://host.example/b'], sha256: 'AB'.repeat(32), bytes: 5, name: 'A' },
      BASE,
    );
    expect(request).toEqual({
      urls: ['https://example.com/a', 'https://host.example/b'],
      sha256: 'ab'.repeat(32),
      bytes: 5,
      name: 'A',
    });
    expect(checkedRequest(request, BASE)).toEqual(request);
  });

  it.each([
    ['no address', {}],
    ['an empty list', { url: [] }],
    ['a hash that is none', { url: 'a', sha256: 'sha256:12' }],
    ['a size of nothing', { url: 'a', bytes: 0 }],
    ['half a byte', { url: 'a', bytes: 1.5 }],
  ])('rejects %s', (_what, request) => {
    expect(() => checkedRequest(request, BASE)).toThrow(/got .*, expected /);
  });
});
