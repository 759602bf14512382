import { PLACES } from './village-map.js';

/** Places by who is found there. */
const NAMES: readonly { readonly at: keyof typeof PLACES; readonly name: string }[] = [
  { at: 'mira', name: 'The fish stall' },
  { at: 'bess', name: 'The inn' },
  { at: 'orrin', name: 'The lighthouse' },
  { at: 'pip', name: 'The slate house' },
  { at: 'sailor', name: 'The pier' },
  { at: 'player', name: 'The square' },
];

/** The name of the place nearest to a point, in pixels. */
export function placeName(x: number, y: number): string {
  const distance = ({ at }: (typeof NAMES)[number]) => Math.hypot(PLACES[at].x - x, PLACES[at].y - y);
  return NAMES.reduce((best, one) => (distance(one) < distance(best) ? one : best)).name;
}
