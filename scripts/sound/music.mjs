// "Dusk": a slow waltz in D minor for music box and accordion, sixteen bars that end where they begin.
import { accordion, highPass, lowPass, musicBox, pitch, pluck, room } from './synth.mjs';
import { Track } from './track.mjs';

// Half the usual rate: nothing in it sounds above 5 kHz, and forty seconds would weigh too much otherwise.
const RATE = 11025;
const BEAT = 5 / 6;
const BARS = 16;

// Bar by bar: bass, chord for accordion and after-beats, melody as [note, beats]; '-' rests.
const SCORE = [
  [
    'D3',
    ['F3', 'A3', 'D4'],
    [
      ['A4', 1],
      ['D5', 1],
      ['E5', 1],
    ],
  ],
  [
    'Bb2',
    ['F3', 'Bb3', 'D4'],
    [
      ['F5', 1.5],
      ['E5', 0.5],
      ['D5', 1],
    ],
  ],
  [
    'F3',
    ['F3', 'A3', 'C4'],
    [
      ['C5', 2],
      ['A4', 1],
    ],
  ],
  [
    'C3',
    ['E3', 'G3', 'C4'],
    [
      ['G4', 2],
      ['-', 1],
    ],
  ],
  [
    'D3',
    ['F3', 'A3', 'D4'],
    [
      ['A4', 1],
      ['D5', 1],
      ['E5', 1],
    ],
  ],
  [
    'Bb2',
    ['F3', 'Bb3', 'D4'],
    [
      ['F5', 1],
      ['G5', 1],
      ['A5', 1],
    ],
  ],
  [
    'G2',
    ['G3', 'Bb3', 'D4'],
    [
      ['Bb5', 1.5],
      ['A5', 0.5],
      ['G5', 1],
    ],
  ],
  [
    'A2',
    ['E3', 'A3', 'C#4'],
    [
      ['A5', 2],
      ['E5', 1],
    ],
  ],
  [
    'F3',
    ['F3', 'A3', 'C4'],
    [
      ['A5', 2],
      ['G5', 1],
    ],
  ],
  [
    'C3',
    ['E3', 'G3', 'C4'],
    [
      ['G5', 1],
      ['E5', 1],
      ['C5', 1],
    ],
  ],
  [
    'D3',
    ['F3', 'A3', 'D4'],
    [
      ['F5', 2],
      ['E5', 1],
    ],
  ],
  [
    'Bb2',
    ['F3', 'Bb3', 'D4'],
    [
      ['D5', 2],
      ['-', 1],
    ],
  ],
  [
    'F3',
    ['F3', 'A3', 'C4'],
    [
      ['C5', 1],
      ['F5', 1],
      ['A5', 1],
    ],
  ],
  [
    'C3',
    ['E3', 'G3', 'C4'],
    [
      ['G5', 1.5],
      ['F5', 0.5],
      ['E5', 1],
    ],
  ],
  [
    'A2',
    ['E3', 'G3', 'C#4'],
    [
      ['E5', 1],
      ['C#5', 1],
      ['A4', 1],
    ],
  ],
  [
    'D3',
    ['F3', 'A3', 'D4'],
    [
      ['D5', 2],
      ['-', 1],
    ],
  ],
];
// The accordion sings the melody an octave lower where the tune turns to the major.
const SUNG = { from: 8, to: 12 };

export function dusk() {
  const seconds = BARS * 3 * BEAT;
  const track = (loop = true) => new Track(seconds, RATE, { loop });
  const [box, reeds, bass] = [track(), track(), track()];
  SCORE.forEach(([low, chord, melody], bar) => {
    const start = bar * 3 * BEAT;
    bass.add(start, 3, pluck(pitch(low)), 0.32);
    for (const note of chord) {
      reeds.add(start, 3 * BEAT + 0.5, accordion(pitch(note), 3 * BEAT, RATE, { attack: 0.5 }), 0.075);
      // Second and third beat, the third the softer one
      [0.1, 0.065].forEach((gain, i) => {
        box.add(start + (i + 1) * BEAT, 1.6, musicBox(pitch(note), RATE), gain);
      });
    }
    let beat = 0;
    for (const [note, beats] of melody) {
      if (note !== '-') {
        const at = start + beat * BEAT;
        const accent = beat === 0 ? 1 : 0.84;
        box.add(at, 3.2, musicBox(pitch(note), RATE), 0.34 * accent);
        if (bar >= SUNG.from && bar < SUNG.to)
          reeds.add(
            at,
            beats * BEAT + 0.4,
            accordion(pitch(note) / 2, beats * BEAT, RATE, { attack: 0.12, release: 0.3 }),
            0.085,
          );
      }
      beat += beats;
    }
  });
  const sound = track();
  sound
    .mix(box)
    .mix(reeds.filter(lowPass(2200)))
    .mix(bass);
  sound.filter(highPass(60)).filter(room(0.34, 1.6)).level(0.6);
  return { sound, volume: 0.5, loop: true };
}
