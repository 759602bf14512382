import { describe, expect, it } from 'vitest';
import {
  DEFAULT_SETTINGS,
  readSettings,
  type Settings,
  writeSettings,
} from '../../../sample-game/settings/settings.js';

describe('settings', () => {
  it('read what they wrote', () => {
    const settings: Settings = {
      model: 'off',
      budget: 'low',
      textSpeed: 'instant',
      motion: 'full',
      sound: 0,
      music: 10,
    };
    expect(readSettings(writeSettings(settings))).toEqual(settings);
  });

  it.each([null, '', 'no JSON', 'null', '[]', '7', '{}'])('are the defaults where %j is stored', (text) => {
    expect(readSettings(text)).toEqual(DEFAULT_SETTINGS);
  });

  it('lose only the values that are not understood', () => {
    const stored = { ...DEFAULT_SETTINGS, textSpeed: 'fast', model: 'toString', sound: 11, music: 2.5 };
    expect(readSettings(JSON.stringify(stored))).toEqual({ ...DEFAULT_SETTINGS, textSpeed: 'fast' });
  });
});
