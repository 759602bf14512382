/** Addresses of stored models look like any others, so that whatever takes the address of a model takes a stored one. */
const STORED = /^stored:(sha256:[0-9a-f]{64})$/;

/** @param id `sha256:…` */
export function storedUrl(id: string): string {
  return `stored:${id}`;
}

/** The id in the address of a stored model; undefined for any other address. */
export function storedId(url: string): string | undefined {
  return STORED.exec(url)?.[1];
}

/** @param sha256 hex */
export function modelId(sha256: string): string {
  return `sha256:${sha256}`;
}
