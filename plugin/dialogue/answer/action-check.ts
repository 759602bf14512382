/** Checks what a model asked for against the persona, once more and without eval, before the game sees it. */
import type { ActionCall } from '../api.js';
import type { ActionParam, PersonaAction } from '../persona/types.js';

/** `name {"param": value}` as a call of one of `actions`, or undefined where anything does not fit. */
export function parseAction(source: string, actions: readonly PersonaAction[]): ActionCall | undefined {
  const [, name, json] = /^([a-z][a-z0-9_]*)(?:\s+(\{.*\}))?\s*$/.exec(source) ?? [];
  const action = actions.find((candidate) => candidate.name === name);
  if (!action) return undefined;
  const params = json === undefined ? {} : parseObject(json);
  const expected = Object.entries(action.params ?? {});
  const fits =
    params !== undefined &&
    Object.keys(params).length === expected.length &&
    expected.every(([key, param]) => Object.hasOwn(params, key) && isValid(params[key], param));
  return fits ? { name: action.name, params: params as ActionCall['params'] } : undefined;
}

function parseObject(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isValid(value: unknown, { type, enum: allowed, maxLength, minimum, maximum }: ActionParam): boolean {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
      return (
        typeof value === 'string' &&
        (allowed === undefined || allowed.includes(value)) &&
        value.length <= (maxLength ?? Number.POSITIVE_INFINITY)
      );
    default:
      return (
        typeof value === 'number' &&
        Number.isFinite(value) &&
        (type === 'number' || Number.isInteger(value)) &&
        value >= (minimum ?? Number.NEGATIVE_INFINITY) &&
        value <= (maximum ?? Number.POSITIVE_INFINITY)
      );
  }
}
