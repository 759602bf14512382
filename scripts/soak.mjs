/** The long tests, beside `npm test`: whole villages and many random schedules. Their reports are committed. */
import { runTests } from './run-stage.mjs';

process.env.REPLAY_RUNS = '25';
runTests(['soak']);
