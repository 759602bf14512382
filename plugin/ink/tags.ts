/** Tags of the story: `name` or `name: value`. */

/** The value of a tag, '' where it has none; undefined when it is not there. */
export function tagValue(tags: readonly string[] | null, name: string): string | undefined {
  for (const tag of tags ?? []) {
    const [, key, value = ''] = /^\s*([^:]*?)\s*(?::\s*(.*?)\s*)?$/s.exec(tag) ?? [];
    if (key === name) return value;
  }
  return undefined;
}
