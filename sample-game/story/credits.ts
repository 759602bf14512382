/** The lines of the credits roll, from `assets/CREDITS.md`. */

export interface Credit {
  readonly what: string;
  readonly by: string;
}

/** What players call what is in a folder of `assets/`, where the file says no more. */
const KINDS: Readonly<Record<string, string>> = {
  sprites: 'The title',
  fonts: 'The letters',
  sounds: 'Sounds',
  personas: 'What people know and say',
  models: 'The model',
};

/** The rows of the file's table: what it is in words, by whom, and its licence; names of scripts are left out. */
export function readCredits(markdown: string): Credit[] {
  const rows = markdown
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s:|-]+$/.test(line))
    .slice(1);
  return rows.map((row) => {
    const [files = '', by = '', licence = ''] = row.split('|').slice(1);
    const folder = /`(\w+)\//.exec(files)?.[1] ?? '';
    const words = /`\s*: (.+)/.exec(files)?.[1]?.trim();
    const maker = plain(by.replace(/,? ?(?:by |from )?`[^`]*scripts?\/[^`]*`(?:(?:,| from) `[^`]*`)*/g, ''));
    return {
      what: capital(words ?? KINDS[folder] ?? plain(files)),
      by: `${capital(maker)}. ${plain(licence)}.`,
    };
  });
}

function plain(cell: string): string {
  return cell.replaceAll('`', '').trim();
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
