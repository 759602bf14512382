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
      model: `stored:sha256:${'0a'.repeat(32)}`,
      modelName: 'Tiny',
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

  it('keep no name but that of a model on the device', () => {
    const settings = { ...DEFAULT_SETTINGS, model: 'off', modelName: 'Tiny' };
    expect(readSettings(JSON.stringify(settings))).toEqual({ ...settings, modelName: '' });
  });

  it('lose only the values that are not understood', () => {
    const stored = {
      ...DEFAULT_SETTINGS,
      textSpeed: 'fast',
      model: 'stored:toString',
      sound: 11,
      music: 2.5,
    };
    expect(readSettings(JSON.stringify(stored))).toEqual({ ...DEFAULT_SETTINGS, textSpeed: 'fast' });
  });
});
