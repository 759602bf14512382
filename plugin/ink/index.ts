/** An Ink story as rails for a character: the package's entry point `phaser-parley/ink`. */
export { type InkHost, InkRails, type InkRailsOptions, type InkSpeaker } from './ink-rails.js';
export type { CompiledStory } from './open-story.js';
