/** What the character sees around it: where it stands, what the game says, and the values that are bound. */
import type { ReadPath } from '../conditions.js';
import type { Persona } from '../persona/types.js';
import type { Exchange } from '../transcript.js';

/**
 * Undefined where there is nothing, or where it stands in the talk already.
 * @param now what the game says of this moment
 */
export function sceneText(
  { state, scenario }: Persona,
  read: ReadPath,
  now: string | undefined,
  exchanges: readonly Exchange[],
): string | undefined {
  const bound = (state?.bind ?? []).flatMap(({ path, text }) => {
    const value = read(path);
    return value === undefined || value === null ? [] : [text.replaceAll('{value}', String(value))];
  });
  const scene = [scenario, now, ...bound].filter(Boolean).join(' ');
  const last = exchanges.findLast(({ user }) => user !== null)?.user;
  return scene === '' || last?.some(({ text }) => text.includes(scene)) ? undefined : scene;
}
