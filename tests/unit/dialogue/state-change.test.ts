import { describe, expect, it } from 'vitest';
import { StateChange } from '../../../plugin/dialogue/state-change.js';

describe('StateChange', () => {
  it('sets plain keys, and dotted ones where no object is there to enter', () => {
    const store = new Map<string, unknown>();
    new StateChange({ night: true, 'quest.stage': 2 }).apply(store);
    expect([...store]).toEqual([
      ['night', true],
      ['quest.stage', 2],
    ]);
  });

  it('enters objects on copies, so that listeners see a new value', () => {
    const quest = { stage: 1, eel: { paid: false } };
    const store = new Map<string, unknown>([['quest', quest]]);
    new StateChange({ 'quest.stage': 2, 'quest.eel.paid': true }).apply(store);
    expect(store.get('quest')).toEqual({ stage: 2, eel: { paid: true } });
    expect(quest).toEqual({ stage: 1, eel: { paid: false } });
  });

  it('leaves mood and relations to the character', () => {
    const store = new Map<string, unknown>();
    new StateChange({ mood: 'angry', 'relations.player.trust': 3, night: true }).apply(store);
    expect([...store]).toEqual([['night', true]]);
  });

  it('cannot reach a prototype', () => {
    const store = new Map<string, unknown>([['quest', {}]]);
    new StateChange({ 'quest.__proto__.polluted': true }).apply(store);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(store.get('quest'))).toBe(Object.prototype);
  });

  it('is prevented by a listener', () => {
    const change = new StateChange({ night: true });
    change.preventDefault();
    expect(change.prevented).toBe(true);
  });
});
