/** Decides whether a change is good: build, format, lint, types and all tests, the browser's included. */
import { findChromium } from './find-chromium.mjs';
import { checkSources, runStage, runTests } from './run-stage.mjs';

process.env.PARLEY_CHROMIUM = findChromium();
runStage('build', 'scripts/build.mjs');
checkSources();
runTests(['unit', 'kernels', 'golden', 'browser']);
