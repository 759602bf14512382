import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../engine/protocol.js';
import { ProblemLog } from '../../../plugin/phaser/problem-log.js';

describe('ProblemLog', () => {
  it('keeps code, message and remedy of an error', () => {
    const log = new ProblemLog();
    log.modelFailed(
      new EngineError('gguf-truncated', 'Got 3 bytes, expected 9.', { hint: 'Load it again.' }),
    );
    expect(log.problems).toMatchObject([
      { level: 'error', code: 'gguf-truncated', message: 'Got 3 bytes, expected 9.', hint: 'Load it again.' },
    ]);
  });

  it('says what was going on where a talk went on without something', () => {
    const log = new ProblemLog();
    log.told({
      level: 'warning',
      message: 'a line failed.',
      error: new EngineError('context-full', 'Got 9 tokens.'),
    });
    log.told({ level: 'warning', message: 'no more.', error: 'why' });
    log.told({ level: 'error', message: 'alone' });
    expect(log.problems.map(({ code, message }) => [code, message])).toEqual([
      ['context-full', 'a line failed. Got 9 tokens.'],
      ['internal', 'no more. why'],
      ['internal', 'alone'],
    ]);
  });

  it('counts a last death as an error, and storage only where something is lost', () => {
    const log = new ProblemLog();
    log.storageIs({ kind: 'opfs', writable: true });
    log.storageIs({ kind: 'opfs', writable: false });
    log.storageIs({ kind: 'memory', writable: true });
    log.workerLost({ final: false, reason: 'a trap' });
    log.workerLost({ final: true, reason: 'a trap' });
    log.personaFailed({ key: 'mira', url: 'mira.json', error: new Error('No JSON.') });
    expect(log.problems.map(({ level, code }) => `${level} ${code}`)).toEqual([
      'warning storage',
      'warning storage',
      'warning worker-lost',
      'error worker-lost',
      'error internal',
    ]);
    expect(log.problems.at(-1)!.message).toBe('mira.json: No JSON.');
  });

  it('forgets the oldest beyond fifty', () => {
    const log = new ProblemLog();
    for (let i = 0; i < 60; i++) log.add({ level: 'warning', code: 'internal', message: String(i) });
    expect(log.problems).toHaveLength(50);
    expect(log.problems[0]!.message).toBe('10');
  });
});
