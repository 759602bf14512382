import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { model } from '../../../cli/commands/model.js';

const GGUF = readFileSync('assets/models/parley-135m.Q4_0.gguf');
const SHA256 = createHash('sha256').update(GGUF).digest('hex');

describe('parley model copy', () => {
  let folder: string;
  let server: Server;
  let url: string;
  let printed: string[];

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/model.gguf') response.end(GGUF);
      else if (request.url === '/cut.gguf') {
        response.writeHead(200, { 'content-length': GGUF.length });
        response.write(GGUF.subarray(0, 5_000_000), () => response.destroy());
      } else if (request.url === '/page.gguf') response.end('<html>Not here</html>');
      else response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-model-'));
    printed = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  const copy = (...args: string[]) => model('dist/cli/kernels', ['copy', join(folder, 'models'), ...args]);
  const files = () => readdirSync(join(folder, 'models')).sort();
  const read = (name: string) => readFileSync(join(folder, 'models', name));

  it('copies the bundled model with its licence, and says how to load it', async () => {
    await copy();
    expect(files()).toEqual(['parley-135m.Q4_0.gguf', 'parley-135m.Q4_0.gguf.LICENSE.txt']);
    expect(read('parley-135m.Q4_0.gguf').equals(GGUF)).toBe(true);
    expect(printed.join('\n')).toContain(`SHA-256 ${SHA256}, as expected`);
    expect(printed.at(-1)).toContain("this.load.npcModel('parley', 'models/parley-135m.Q4_0.gguf');");
    await expect(copy()).rejects.toThrow(/exists already. Use --force/);
    await copy('--force');
  });

  it('splits where a host limits the size of a file', async () => {
    await copy('--from', `${url}/model.gguf`, '--split', '24M', '--sha256', SHA256);
    expect(files()).toEqual([1, 2, 3, 4].map((part) => `model.part-${part}.gguf`));
    const parts = files().map(read);
    expect(parts.map(({ length }) => length <= 24 * 2 ** 20)).toEqual([true, true, true, true]);
    expect(Buffer.concat(parts).equals(GGUF)).toBe(true);
    expect(printed.at(-1)).toContain("['models/model.part-1.gguf', 'models/model.part-2.gguf'");
  });

  it.each([
    ['a connection that is cut', () => ['--from', `${url}/cut.gguf`], /terminated|aborted|bytes, expected/],
    ['a page in place of a model', () => ['--from', `${url}/page.gguf`], /GGUF/],
    ['another status', () => ['--from', `${url}/nothing.gguf`], /Got status 404 .* expected 200/],
    ['another file', () => ['--from', `${url}/model.gguf`, '--sha256', 'ab'.repeat(32)], /expected abab/],
    ['no file', () => ['--from', join(folder, 'none.gguf')], /got no such file/],
    ['no size', () => ['--split', 'big'], /Got --split big/],
  ])('leaves nothing behind of %s', async (_, args, message) => {
    await expect(copy(...args())).rejects.toThrow(message);
    expect(readdirSync(folder).flatMap((name) => readdirSync(join(folder, name)))).toEqual([]);
  });

  it('refuses a file that is cut short', async () => {
    writeFileSync(join(folder, 'short.gguf'), GGUF.subarray(0, 1_000_000));
    await expect(copy('--from', join(folder, 'short.gguf'))).rejects.toThrow(/short|ends|past|truncated/i);
    expect(files()).toEqual([]);
  });
});
