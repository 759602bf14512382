/**
 * A function that computes its value once for each object: personas, exchanges and messages never change, and each
 * turn of a talk asks for the same things of them again.
 */
export function oncePer<Source extends object, Value>(
  compute: (source: Source) => Value,
): (source: Source) => Value {
  const values = new WeakMap<Source, Value>();
  return (source) => {
    let value = values.get(source);
    if (value === undefined) {
      value = compute(source);
      values.set(source, value);
    }
    return value;
  };
}
