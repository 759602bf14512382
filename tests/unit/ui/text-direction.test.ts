import { describe, expect, it } from 'vitest';
import { textDirection } from '../../../plugin/ui/text-direction.js';

describe('textDirection', () => {
  it.each(['שלום!', 'أهلاً', '1. כמה עולה הדג?', '(150) سمكة', 'ދިވެހި'])('is right to left for %s', (text) => {
    expect(textDirection(text)).toBe('rtl');
  });

  it.each(['', '…', '150', 'Aye!', '海', 'นี้'])('is left to right for "%s"', (text) => {
    expect(textDirection(text)).toBe('ltr');
  });

  it('is that of the other words for a sentence that begins with a foreign name', () => {
    expect(textDirection('Mira אומרת שלום')).toBe('rtl');
    expect(textDirection('She said שלום to Mira')).toBe('ltr');
  });

  it('stays when a sentence from right to left goes on with foreign words', () => {
    expect(textDirection('אני Bartholomew Featherstonehaugh of Saltmere')).toBe('rtl');
  });
});
