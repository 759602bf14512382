import { expect, it } from 'vitest';
import { readCard } from '../../../../plugin/dialogue/cards/read-card.js';

it.each([
  ['v1', { name: 'Mira' }],
  ['v2', { spec: 'chara_card_v2', data: {} }],
  ['v3', { spec: 'chara_card_v3', data: {} }],
  ['lorebook', { spec: 'lorebook_v3', data: {} }],
  ['world-info', { entries: {} }],
])('knows %s', (kind, card) => expect(readCard(JSON.stringify(card)).kind).toBe(kind));

it.each([
  '',
  'null',
  '[]',
  '{"__proto__":{"name":"x"},"data":1}',
  '{"spec":"x","name":"a"}',
  '['.repeat(1e5),
  `{"name":"x","a":${'['.repeat(1e5)}${']'.repeat(1e5)}}`,
])('refuses %.20s with card-invalid', (text) =>
  expect(() => readCard(text)).toThrow(expect.objectContaining({ code: 'card-invalid' })),
);
