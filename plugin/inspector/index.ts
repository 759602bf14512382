/** A look into talking characters while the game runs: the package's entry point `phaser-parley/inspector`. */
export { type InspectorOptions, ParleyInspector } from './parley-inspector.js';
