import { defineConfig } from 'vitest/config';

// Node 20 compiles relaxed SIMD only behind this flag.
const execArgv = ['--experimental-wasm-relaxed-simd'];
const globalSetup = ['tests/support/build-kernels.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    execArgv,
    // By itself vitest leaves one core idle: of two, the half.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          globalSetup,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'kernels', include: ['tests/kernels/**/*.test.ts'], globalSetup, testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'golden',
          include: ['tests/golden/*.test.ts'],
          globalSetup,
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        // Not part of `npm test`: minutes each.
        test: {
          name: 'soak',
          include: ['tests/soak/*.test.ts', 'tests/unit/dialogue/replay.test.ts'],
          globalSetup,
          fileParallelism: false,
          testTimeout: 3_600_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        // Not part of `npm test`: on a real server, see scripts/test-remote.mjs.
        test: {
          name: 'remote',
          include: ['tests/remote/*.test.ts'],
          testTimeout: 1_800_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        // Each test drives a real browser, on what `npm run build` made: one at a time, since a browser that draws
        // without a graphics card takes all cores.
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/support/build-all.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
