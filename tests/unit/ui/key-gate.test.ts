import { describe, expect, it } from 'vitest';
import { isSendKey, KeyGate } from '../../../plugin/ui/key-gate.js';

describe('KeyGate', () => {
  it('swallows the character of the key that opened the field', () => {
    const gate = new KeyGate();
    gate.open(true);
    expect(gate.mayInsert()).toBe(false);
    gate.keyUp('KeyE');
    expect(gate.mayInsert()).toBe(true);
  });

  it('lets text in at once when no key opened the field, as from a touch keyboard', () => {
    const gate = new KeyGate();
    gate.open(false);
    expect(gate.mayInsert()).toBe(true);
  });

  it('refuses the repeats of a key held since before the field had focus', () => {
    const gate = new KeyGate();
    gate.open(false);
    expect(gate.keyDown('KeyD', true)).toBe(false);
    expect(gate.keyDown('KeyS', false)).toBe(true);
    expect(gate.keyDown('KeyS', true)).toBe(true);
    gate.keyUp('KeyS');
    expect(gate.keyDown('KeyS', true)).toBe(false);
  });

  it('forgets the keys of the last time the field was open', () => {
    const gate = new KeyGate();
    gate.open(false);
    gate.keyDown('KeyS', false);
    gate.open(false);
    expect(gate.keyDown('KeyS', true)).toBe(false);
  });
});

describe('isSendKey', () => {
  it('is Enter outside of a composition', () => {
    expect(isSendKey({ key: 'Enter', isComposing: false, keyCode: 13 })).toBe(true);
    expect(isSendKey({ key: 'Enter', isComposing: true, keyCode: 229 })).toBe(false);
    expect(isSendKey({ key: 'Enter', isComposing: false, keyCode: 229 })).toBe(false);
    expect(isSendKey({ key: 'a', isComposing: false, keyCode: 65 })).toBe(false);
  });
});
