/** What a player or the game types, made fit to stand on one line of a prompt as data. */

/** Longest line that is taken, in UTF-16 units. */
export const MAX_PLAYER_TEXT = 500;
const MAX_SPEAKER = 40;

/** Characters that are not seen: zero-width, bidi controls, tags. The joiners are letters' own in some scripts. */
const UNSEEN = /[^\P{Cf}\u200c\u200d]+/gu;
/** What begins a stage line, a label or an action, also in its wide and small forms, and what hides it. */
const OPENINGS = /^(?:\u200d|[\s\u200c([@（﹙⁽₍︵［﹇＠﹫])+/;

/** One line: control characters and line breaks become spaces, and no stage line, label or action can begin it. */
export function cleanText(text: string): string {
  return text
    .slice(0, MAX_PLAYER_TEXT)
    .replace(UNSEEN, '')
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .replace(OPENINGS, '');
}

/** A speaker's name: no colon, which ends it, and no brackets. */
export function cleanSpeaker(name: string): string {
  return (
    cleanText(name.normalize('NFKC').replace(/[:()[\]@]/g, ' '))
      .slice(0, MAX_SPEAKER)
      .trim() || 'Player'
  );
}
