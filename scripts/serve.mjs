/** Serves the built sample game: `PORT` (default 8080), with the headers that cross-origin isolation needs. */
import { join } from 'node:path';
import { startStaticServer } from './server/static-server.mjs';

const port = Number(process.env.PORT ?? 8080);
try {
  const { url } = await startStaticServer(port, { root: join(import.meta.dirname, '../dist-game') });
  console.log(`Parley: ${url}`);
} catch (error) {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(
    inUse ? `Port ${port} is in use: choose another one with PORT=8081 npm start.` : String(error),
  );
  process.exit(1);
}
