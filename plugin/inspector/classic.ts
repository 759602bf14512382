/** The inspector behind `parley.global.js`: puts its plugin beside those of the library, as `Parley.ParleyInspector`. */
import { ParleyInspector } from './parley-inspector.js';

declare global {
  var Parley: { ParleyInspector?: typeof ParleyInspector } | undefined;
}

if (!globalThis.Parley)
  throw new Error('Parley is not loaded; put the script parley.global.js before this one.');
globalThis.Parley.ParleyInspector = ParleyInspector;
