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

/**
 * The same for texts, which are asked for again within a talk and not for ever.
 * @param most texts that are remembered; when there are more, all are forgotten
 */
export function oncePerText<Value>(compute: (text: string) => Value, most: number): (text: string) => Value {
  const values = new Map<string, Value>();
  return (text) => {
    let value = values.get(text);
    if (value === undefined) {
      if (values.size >= most) values.clear();
      value = compute(text);
      values.set(text, value);
    }
    return value;
  };
}
