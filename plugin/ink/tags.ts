/** Tags of lines and choices: `# happy`, `# speaker: bess`, `# talk`, `# on: keyword:tomas`, `# hidden`. */

/** The text behind a tag's name, such as `bess` of `speaker: bess`. */
export function tagValue(tags: readonly string[], name: string): string | undefined {
  const tag = tags.find((tag) => tag.split(':')[0]!.trim() === name && tag.includes(':'));
  return tag?.slice(tag.indexOf(':') + 1).trim();
}

export function hasTag(tags: readonly string[], name: string): boolean {
  return tags.some((tag) => tag.trim() === name);
}
