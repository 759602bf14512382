import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';

describe('bundled model', () => {
  it('is the file that its SHA256SUMS names', async () => {
    const [line = ''] = (await readFile('assets/models/SHA256SUMS', 'utf8')).split('\n');
    const [sum, name] = line.split(/\s+/);
    const hash = createHash('sha256');
    await pipeline(createReadStream(`assets/models/${name}`), hash);
    expect(hash.digest('hex')).toBe(sum);
  });
});
