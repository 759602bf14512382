/**
 * The benchmark of frames as it runs in the page: a Phaser game with the real plugin, worker and model, whose characters
 * talk without a pause. A machine is never the same for minutes: every phase of talk stands between two idle ones.
 */
import * as Phaser from 'phaser';
import { type Budget, type NpcDialogue, ParleyPlugin, parsePersona } from '../../../plugin/index.js';
import type { PageOptions } from '../bench-engine.js';
import { reportResult } from '../report-result.js';
import { CrowdScene, SIZE, SPRITES } from './crowd-scene.js';
import { type Frame, FrameLog } from './frame-log.js';
import { MainThreadWork } from './main-thread-work.js';
import { type FrameFigures, frameFigures, round } from './summary.js';
import { Talker } from './talker.js';

interface FramesOptions extends PageOptions {
  readonly renderer: 'canvas' | 'webgl';
  readonly phaseSeconds: number;
}

/** One budget, and so many characters that talk. */
interface Phase extends FrameFigures {
  readonly mode: string;
  readonly talkers: number;
  /** Of the idle phases before and behind it. */
  readonly idleP99Ms: number;
  readonly p99Ratio: number;
  readonly decodeTokensPerSecond: number;
  readonly prefillTokensPerSecond: number;
  /** Mean of the frames. */
  readonly grantedMs: number;
  readonly answers: number;
}

const PERSONAS = ['mira', 'pip', 'orrin', 'bess'];
const UNLIMITED = Number.POSITIVE_INFINITY;
const MODES: Readonly<Record<string, Budget>> = {
  adaptive: { decodeTokens: UNLIMITED, prefillTokens: UNLIMITED, ms: 'adaptive' },
  tokens: { decodeTokens: 1, prefillTokens: 16, ms: UNLIMITED },
  '4 ms': { decodeTokens: UNLIMITED, prefillTokens: UNLIMITED, ms: 4 },
  '8 ms': { decodeTokens: UNLIMITED, prefillTokens: UNLIMITED, ms: 8 },
};
/** Characters remember so many turns: after them, a talk is as long as it will ever be. */
const WARM_UP_ANSWERS = 8;
const WARM_UP_MS = 180_000;
const IDLE_SETTLE_SECONDS = 1;
/** The adaptive budget comes from its least to its most in this time. */
const TALK_SETTLE_SECONDS = 3;

class FramesBench {
  readonly #parley: ParleyPlugin;
  readonly #talkers: readonly Talker[];
  readonly #log: FrameLog;
  readonly #seconds: number;

  constructor(parley: ParleyPlugin, talkers: readonly Talker[], work: MainThreadWork, seconds: number) {
    this.#parley = parley;
    this.#talkers = talkers;
    this.#seconds = seconds;
    this.#log = new FrameLog(() => ({ workMs: work.take(), grantedMs: parley.spending.grantedMs }));
  }

  async run(): Promise<{ idle: FrameFigures; phases: Phase[] }> {
    await this.#warmUp();
    const idle: Frame[] = [];
    const phases: Phase[] = [];
    let before = await this.#idle();
    idle.push(...before);
    for (const [mode, budget] of Object.entries(MODES)) {
      for (const count of [1, PERSONAS.length]) {
        const talk = await this.#talk(budget, count);
        const behind = await this.#idle();
        idle.push(...behind);
        const { frames, ...figures } = talk;
        const own = frameFigures(frames);
        const { p99Ms: idleP99Ms } = frameFigures([...before, ...behind]);
        const p99Ratio = round(own.p99Ms / idleP99Ms);
        phases.push({ mode, talkers: count, ...own, idleP99Ms, p99Ratio, ...figures });
        before = behind;
      }
    }
    return { idle: frameFigures(idle), phases };
  }

  async #warmUp(): Promise<void> {
    this.#parley.setBudget({ decodeTokens: UNLIMITED, prefillTokens: UNLIMITED, ms: UNLIMITED });
    const stops = this.#talkers.map((talker) => talker.talk());
    const startMs = performance.now();
    while (this.#talkers.some(({ answers }) => answers < WARM_UP_ANSWERS)) {
      if (performance.now() - startMs > WARM_UP_MS) throw new Error('The characters hardly answer.');
      await this.#log.record(0.1);
    }
    await Promise.all(stops.map((stop) => stop()));
  }

  async #idle(): Promise<Frame[]> {
    await this.#log.record(IDLE_SETTLE_SECONDS);
    return this.#log.record(this.#seconds);
  }

  async #talk(budget: Budget, count: number) {
    this.#parley.setBudget(budget);
    const talkers = this.#talkers.slice(0, count);
    const stops = talkers.map((talker) => talker.talk());
    await this.#log.record(TALK_SETTLE_SECONDS);
    const before = this.#totals();
    const frames = await this.#log.record(this.#seconds);
    const after = this.#totals();
    await Promise.all(stops.map((stop) => stop()));
    const seconds = (after.atMs - before.atMs) / 1000;
    return {
      frames,
      decodeTokensPerSecond: round((after.decodeTokens - before.decodeTokens) / seconds, 1),
      prefillTokensPerSecond: round((after.prefillTokens - before.prefillTokens) / seconds, 1),
      grantedMs: round(frames.reduce((sum, { grantedMs }) => sum + grantedMs, 0) / frames.length),
      answers: after.answers - before.answers,
    };
  }

  #totals() {
    const { decodeTokens, prefillTokens } = this.#parley.spending;
    const answers = this.#talkers.reduce((sum, talker) => sum + talker.answers, 0);
    return { atMs: performance.now(), decodeTokens, prefillTokens, answers };
  }
}

async function runBenchmark({ modelUrl, threads, build, renderer, phaseSeconds }: FramesOptions) {
  const work = new MainThreadWork();
  await work.watchPorts();
  const scene = new CrowdScene();
  const game = await startGame(renderer, scene);
  const data = { gameId: `bench-${Date.now()}`, model: modelUrl, threads, ...(build ? { build } : {}) };
  const personas = await Promise.all(PERSONAS.map(loadPersona));
  const { parley, speakers } = work.watchListeners([game.events, scene.events], () => {
    const plugin = game.plugins.install('ParleyPlugin', ParleyPlugin, true, undefined, data);
    const npcs = personas.map(
      (persona, i): NpcDialogue => scene.add.npcDialogue(scene.addSpeaker(i, PERSONAS.length), persona),
    );
    return { parley: plugin as ParleyPlugin, speakers: npcs };
  });
  const info = await parley.ready;
  if (!info) throw new Error('The model could not be loaded.');
  const bench = new FramesBench(
    parley,
    speakers.map((npc) => new Talker(npc, work)),
    work,
    phaseSeconds,
  );
  const figures = await bench.run();
  return {
    info,
    scene: {
      ...SIZE,
      sprites: SPRITES,
      renderer: game.renderer.type === Phaser.WEBGL ? 'webgl' : 'canvas',
      phaseSeconds,
    },
    ...figures,
  };
}

async function startGame(renderer: FramesOptions['renderer'], scene: CrowdScene): Promise<Phaser.Game> {
  const game = new Phaser.Game({
    ...SIZE,
    type: renderer === 'webgl' ? Phaser.WEBGL : Phaser.CANVAS,
    banner: false,
    audio: { noAudio: true },
    scene,
  });
  await scene.created;
  return game;
}

async function loadPersona(name: string) {
  const response = await fetch(`personas/${name}.json`);
  return parsePersona(await response.json());
}

reportResult(runBenchmark);
