import { describe, expect, it } from 'vitest';
import { parseAssignment } from '../../../cli/chat/state-values.js';

describe('parseAssignment', () => {
  it('reads numbers, truth and text', () => {
    expect(parseAssignment('quest.stage=2')).toEqual(['quest.stage', 2]);
    expect(parseAssignment('clue.soup true')).toEqual(['clue.soup', true]);
    expect(parseAssignment('note=a=b c')).toEqual(['note', 'a=b c']);
  });

  it.each(['', 'path', 'path=', '=value'])('refuses %j', (text) => {
    expect(parseAssignment(text)).toBeUndefined();
  });
});
