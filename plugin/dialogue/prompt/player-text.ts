/** What a player or the game types, made fit to stand on one line of a prompt as data. */

/** Longest line that is taken, in UTF-16 units. */
export const MAX_PLAYER_TEXT = 500;
const MAX_SPEAKER = 40;

/** One line: control characters and line breaks become spaces, and no stage line, label or action can begin it. */
export function cleanText(text: string): string {
  return text
    .slice(0, MAX_PLAYER_TEXT)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .replace(/^[\s([@]+/, '');
}

/** A speaker's name: no colon, which ends it, and no brackets. */
export function cleanSpeaker(name: string): string {
  return (
    cleanText(name.replace(/[:()[\]@]/g, ' '))
      .slice(0, MAX_SPEAKER)
      .trim() || 'Player'
  );
}
