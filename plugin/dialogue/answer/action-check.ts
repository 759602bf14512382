/** Calls as the model writes them: checked against the persona, once more and without eval, before the game sees them. */
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

/** A call as the model writes it: `give {"item": "eel"}`. */
export function actionText({ name, params }: ActionCall): string {
  const values = Object.entries(params).map(
    ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  return values.length === 0 ? name : `${name} {${values.join(', ')}}`;
}

/** What is wrong with the parameters of a call, or undefined. @param at path of the call */
export function callProblem(at: string, { params }: ActionCall, action: PersonaAction): string | undefined {
  const expected = Object.entries(action.params ?? {});
  const unknown = Object.keys(params).find((key) => !expected.some(([name]) => name === key));
  if (unknown !== undefined) return `${at}.params.${unknown} is no parameter of ${action.name}`;
  const wrong = expected.find(([key, param]) => !isValid(params[key], param));
  if (!wrong) return undefined;
  const [key, { type, enum: allowed }] = wrong;
  const got = Object.hasOwn(params, key) ? JSON.stringify(params[key]) : 'missing';
  return `${at}.params.${key} is ${got}, expected ${allowed ? `one of ${allowed.join(', ')}` : `a valid ${type}`}`;
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
