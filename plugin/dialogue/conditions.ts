/** Conditions as data: paths to values or comparisons, all of which must hold. */
import type { Comparisons, Conditions, Scalar } from './persona/types.js';

/** Reads a value by path: `mood`, `relations.player.trust`, else the game's state. */
export type ReadPath = (path: string) => unknown;

/** Whether all conditions hold; absent conditions do. */
export function holds(conditions: Conditions | undefined, read: ReadPath): boolean {
  return Object.entries(conditions ?? {}).every(([key, test]) => {
    if (key === 'any') return (test as readonly Conditions[]).some((inner) => holds(inner, read));
    if (key === 'not') return !holds(test as Conditions, read);
    return compare(read(key), test as Scalar | Comparisons);
  });
}

function compare(value: unknown, test: Scalar | Comparisons): boolean {
  if (typeof test !== 'object') return value === test;
  const { eq, ne, gt, gte, lt, lte, in: list, exists } = test;
  const number = typeof value === 'number' ? value : Number.NaN;
  return (
    (eq === undefined || value === eq) &&
    (ne === undefined || value !== ne) &&
    (gt === undefined || number > gt) &&
    (gte === undefined || number >= gte) &&
    (lt === undefined || number < lt) &&
    (lte === undefined || number <= lte) &&
    (list === undefined || list.some((item) => item === value)) &&
    (exists === undefined || exists === (value !== undefined && value !== null))
  );
}

/**
 * Follows a dotted path into plain data, own properties only: `readPath(state, 'quest.stage')`.
 * A whole path that is itself a key wins over following its dots.
 */
export function readPath(root: unknown, path: string): unknown {
  if (isOwn(root, path)) return root[path];
  let value: unknown = root;
  for (const key of path.split('.')) {
    if (!isOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

function isOwn(value: unknown, key: string): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}
