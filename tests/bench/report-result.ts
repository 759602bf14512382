/** Runs a benchmark with the options of the page's address, and posts what it gives, or its error, to the command. */
export async function reportResult<Options>(run: (options: Options) => Promise<object>): Promise<void> {
  const options = JSON.parse(decodeURIComponent(location.hash.slice(1))) as Options;
  const result = await run(options).catch((error: unknown) => ({ error: String(error) }));
  await fetch('/report', { method: 'POST', body: JSON.stringify(result) });
}
