/** The lines of the credits roll, from `assets/CREDITS.md`. */

export interface Credit {
  readonly what: string;
  readonly by: string;
}

/** The rows of the file's table; links, code marks and addresses of scripts are left out. */
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
    return { what: what, by: licence ? `${by}. ${licence}` : by };
  });
}

function plain(cell: string): string {
  return cell
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s*\([^)]*\)/g, '')
    .replaceAll('`', '')
    .trim();
}
