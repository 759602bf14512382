import { describe, expect, it } from 'vitest';
import { actionIntent } from '../../../../plugin/dialogue/answer/action-intent.js';
import type { PersonaAction } from '../../../../plugin/dialogue/index.js';

const item = { type: 'string', enum: ['eel', 'honey_cake', 'loaf'] } as const;
const ACTIONS: PersonaAction[] = [
  { name: 'sell', description: 'to hand over what was paid for', params: { item } as never },
  {
    name: 'open_door',
    description: 'to open a room when asked kindly',
    params: { room: { type: 'string', enum: ['attic', 'cellar'] } } as never,
  },
  { name: 'flee', description: 'to run away when there is danger' },
];

/** The name and values of what a line asks for. */
function asked(line: string, before: string[] = []) {
  const { actions, bias } = actionIntent(line, before, ACTIONS);
  return bias < 5
    ? undefined
    : [actions[0]!.name, ...Object.values(actions[0]!.params ?? {}).map((p) => p.enum)];
}

describe('actionIntent', () => {
  it.each([
    ['Here are two coins for a loaf.', ['sell', ['loaf']]],
    ['I take the honey cake. Here you go.', ['sell', ['honey_cake']]],
    ['Please open the attic for me.', ['open_door', ['attic']]],
    ['Could you open the cellar?', ['open_door', ['cellar']]],
    ['There is danger! Run away!', ['flee']],
  ])('%j asks for an action and names its values', (line, action) => {
    expect(asked(line)).toEqual(action);
  });

  it('takes a value from the line before', () => {
    expect(asked('Good. Here is the money.', ['I would like an eel.'])).toEqual(['sell', ['eel']]);
  });

  it.each([
    ['What does a honey cake cost?'],
    ['How do I open the attic?'],
    ['Give me an eel.'],
    ['I have no money. Can I have a loaf here?'],
    ["I don't want the loaf, take it back."],
    ['Nice weather.'],
  ])('%j asks for none', (line) => {
    expect(asked(line)).toBeUndefined();
  });

  it('leaves what is open as it is where no action is asked for', () => {
    expect(actionIntent('Nice weather.', [], ACTIONS).actions).toEqual(ACTIONS);
    expect(actionIntent('What is that?', [], ACTIONS)).toEqual({ actions: ACTIONS, bias: 0 });
    expect(actionIntent('Give me that.', [], [])).toEqual({ actions: [], bias: 0 });
  });
});
