import { describe, expect, it } from 'vitest';
import type { Persona } from '../../../plugin/dialogue/index.js';
import { PersonaShelf } from '../../../plugin/phaser/persona-shelf.js';

const mira: Persona = {
  schema: '1',
  id: 'mira',
  identity: { name: 'Mira' },
  core: { compact: 'Mira sells fish.' },
};

describe('PersonaShelf', () => {
  it('gives a mute stand-in for a persona that failed to load', () => {
    const shelf = new PersonaShelf();
    shelf.fail('mira');
    expect(shelf.get('mira')).toMatchObject({ mute: true, persona: { id: 'mira' } });
    shelf.add('mira', mira);
    expect(shelf.get('mira')).toEqual({ mute: false, persona: mira });
  });

  it('keeps a persona whose later load failed', () => {
    const shelf = new PersonaShelf();
    shelf.add('mira', mira);
    shelf.fail('mira');
    expect(shelf.get('mira').mute).toBe(false);
  });

  it('rejects a key that was never loaded with a RangeError that names those that were', () => {
    const shelf = new PersonaShelf();
    shelf.add('mira', mira);
    expect(() => shelf.get('mria')).toThrow(RangeError);
    expect(() => shelf.get('mria')).toThrow('loaded: "mira"');
  });
});
