import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePersona } from '../../../plugin/dialogue/index.js';

const PAGES = [
  'README.md',
  ...readdirSync('docs')
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

/** Code blocks of one language on a page. */
function blocks(page: string, language: string): string[] {
  const pattern = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms');
  return [...readFileSync(page, 'utf8').matchAll(pattern)].map(([, code]) => code!);
}

describe('documentation', () => {
  it.each(PAGES)('links only to what exists: %s', (page) => {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(
      ([, link]) => link!,
    );
    const missing = links.filter((link) => {
      try {
        readdirSync(dirname(join(dirname(page), link)));
        return !readdirSync(dirname(join(dirname(page), link))).some((name) =>
          link.replace(/\/$/, '').endsWith(name),
        );
      } catch {
        return true;
      }
    });
    expect(missing).toEqual([]);
  });

  it('shows personas that are valid', () => {
    const personas = ['README.md', 'docs/personas.md']
      .flatMap((page) => blocks(page, 'json'))
      .map((code) => JSON.parse(code) as Record<string, unknown>)
      .filter((json) => 'schema' in json);
    expect(personas.length).toBeGreaterThanOrEqual(2);
    for (const json of personas) expect(parsePersona(json).id).toBe('mira');
  });
});
