/** `phaser-parley/ink`: an Ink story as the rails of a talk. Needs `inkjs`. */
export { type InkCharacter, type InkOptions, InkRails } from './ink-rails.js';
