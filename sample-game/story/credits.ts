/** The lines of the credits roll, from `assets/CREDITS.md`. */

export interface Credit {
  readonly what: string;
  readonly by: string;
}

/** What players call what is in a folder of `assets/`. */
const KINDS: Readonly<Record<string, string>> = {
  sprites: 'Pictures',
  fonts: 'Letters',
  sounds: 'Sounds',
  models: 'Model',
};

/** The rows of the file's table; links, code marks and what stands in brackets are left out. */
export function readCredits(markdown: string): Credit[] {
  const rows = markdown
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s:|-]+$/.test(line))
    .slice(1);
  return rows.map((row) => {
    const [what = '', by = '', licence = ''] = row
      .split('|')
      .slice(1)
      .map((cell) => plain(cell));
    return { what: KINDS[what.split('/')[0]!] ?? what, by: licence ? `${by}. ${licence}` : by };
  });
}

function plain(cell: string): string {
  return cell
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s*\([^)]*\)/g, '')
    .replaceAll('`', '')
    .trim();
}
