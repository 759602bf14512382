/** What to run while working: format, lint, types and unit tests. */
import { checkSources, runTests } from './run-stage.mjs';

checkSources();
runTests(['unit']);
