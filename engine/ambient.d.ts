/** Bytes of a file, inlined by the bundler (scripts/build.mjs). */
declare module '*.wasm' {
  const bytes: Uint8Array;
  export default bytes;
}

/** The built worker script, inlined by the bundler. */
declare module 'parley:worker-source' {
  const source: string;
  export default source;
}
