/** Which side a text begins on. */
export type TextDirection = 'ltr' | 'rtl';

const RTL_SCRIPTS =
  '\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}\\p{Script=Adlam}';
const RTL_LETTER = new RegExp(`[${RTL_SCRIPTS}]`, 'u');
/** Letters of one direction in a row are a word here; digits and punctuation have no say. */
const WORD = new RegExp(`(?:(?![${RTL_SCRIPTS}])\\p{L})+|(?:(?=[${RTL_SCRIPTS}])\\p{L})+`, 'gu');
/** A sentence that begins with a foreign name is still of its own script. */
const RTL_SHARE = 0.4;

/** The direction of the first word, or right to left where enough of the other words are. */
export function textDirection(text: string): TextDirection {
  if (!RTL_LETTER.test(text)) return 'ltr';
  const words = text.match(WORD) ?? [];
  const rtlWords = words.filter((word) => RTL_LETTER.test(word)).length;
  const first = words[0];
  const rtl = first !== undefined && (RTL_LETTER.test(first) || rtlWords > words.length * RTL_SHARE);
  return rtl ? 'rtl' : 'ltr';
}
