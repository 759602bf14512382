/** Parley for Phaser: the public API of the package. */
import './phaser/augment.js';

export {
  createEngine,
  EngineError,
  type EngineErrorCode,
  type EngineStatistics,
  type GrantUse,
  type LoadProgress,
  type ModelInfo,
  type PartialDownload,
  type StorageState,
  type StoredModel,
  type TransferOptions,
  type TransferProgress,
  type TransferStage,
} from '../engine/index.js';
export {
  type ActionCall,
  type AnswerReport,
  type AskOptions,
  type Character,
  type Choice,
  type ChosenFact,
  type ConverseOptions,
  DialogueError,
  type DialogueErrorCode,
  EMOTIONS,
  type Line,
  type Persona,
  type PromptPart,
  type PromptSnapshot,
  parsePersona,
  type Rails,
  type SayOptions,
  type StateChange,
  type TranscriptTurn,
  type Utterance,
  type UtteranceEvent,
  type UtteranceResult,
} from './dialogue/index.js';
export type { EnginePort } from './engine-port.js';
export type { StorageSpace } from './phaser/device.js';
export type { ModelDownloadRequest } from './phaser/download-request.js';
export type { GossipOptions } from './phaser/gossip-schedule.js';
export type { ModelState } from './phaser/model-holder.js';
export type { ConfirmDownload, DownloadQuestion, ModelManager } from './phaser/model-manager.js';
export { NpcDialogue, type NpcDialogueEvents, type NpcDialogueOptions } from './phaser/npc-dialogue.js';
export type {
  Budget,
  EngineSettings,
  GameEngine,
  GameEngineEvents,
  ParleyOptions,
} from './phaser/options.js';
export type { ParleyApi } from './phaser/parley-api.js';
export type { ParleyEvents } from './phaser/parley-events.js';
export { ParleyPlugin } from './phaser/parley-plugin.js';
export { ParleyScenePlugin } from './phaser/parley-scene-plugin.js';
export type { WatchOptions } from './phaser/player-watch.js';
export type { PresenceOptions } from './phaser/presence.js';
export type { Problem } from './phaser/problem-log.js';
export type { DeviceProfile, ModelCandidate, Proposal, Verdict } from './phaser/propose-model.js';
export type { Spending } from './phaser/spending-log.js';
export type { BoxStyle, PortraitFrame } from './ui/box-style.js';
export { drawnOnCanvas } from './ui/canvas-drawing.js';
export { DialogueBox, type DialogueBoxEvents } from './ui/dialogue-box.js';
export { DialogueInput, type DialogueInputEvents, type DialogueInputOptions } from './ui/dialogue-input.js';
export { acceptDroppedModel } from './ui/dropped-model.js';
export type { LineView } from './ui/line-view.js';
export type { ReducedMotion } from './ui/motion.js';
export { type BubbleState, type Speaker, SpeechBubble } from './ui/speech-bubble.js';
export type { BubbleStyle, FaceStyle, NineSliceStyle, PanelStyle, Theme, ThemeColors } from './ui/theme.js';
