/** Tags of the story: `name` or `name: value`. */

/** The values of all tags of a name, '' where one has none. */
export function tagValues(tags: readonly string[] | null, name: string): string[] {
  return (tags ?? []).flatMap((tag) => {
    const colon = tag.indexOf(':');
    const key = colon < 0 ? tag : tag.slice(0, colon);
    return key.trim() === name ? [colon < 0 ? '' : tag.slice(colon + 1).trim()] : [];
  });
}

/** The value of the first tag of a name; undefined where there is none. */
export function tagValue(tags: readonly string[] | null, name: string): string | undefined {
  return tagValues(tags, name)[0];
}
