import * as Phaser from 'phaser';
import { DialogueBox } from 'phaser-parley';
import { Controls } from '../actors/controls.js';
import { TALK_DISTANCE, VILLAGERS, Villager, type VillagerId } from '../actors/villagers.js';
import { Walker } from '../actors/walker.js';
import { type Point, WayFinder } from '../actors/way-finder.js';
import { deckOf } from '../hud/deck.js';
import { Hints } from '../hud/hints.js';
import { BOX_STYLE, FIELD_STYLE } from '../hud/style.js';
import { toast } from '../hud/toast.js';
import { VillageHud } from '../hud/village-hud.js';
import { WalkMarker } from '../hud/walk-marker.js';
import { listen } from '../listen.js';
import { restWhenStill } from '../settings/rest-when-still.js';
import { onMotion, reducedMotion } from '../settings/settings-keeper.js';
import { shareOpinion } from '../story/hearsay.js';
import { Story } from '../story/story.js';
import { pictureHeight } from '../view.js';
import { Ground, type TileSheet } from '../world/ground.js';
import { addScenery, DEPTH } from '../world/scenery.js';
import { PLACES, SEEN, WORLD } from '../world/village-map.js';
import { villageWalls } from '../world/walls.js';

/** Where the middle of two speakers is while choices cover the right: at most, and at least however long they are. */
const TALK_X = { most: 96, least: 40 };
/** From the feet to the middle of a person, in pixels. */
const CHEST = 13;

/** How near a click on a person leads: well within the distance at which one can talk. */
const WALK_UP_DISTANCE = TALK_DISTANCE - 6;

/** Who stands near whom talks now and then. */
const GOSSIP = { distance: 160, pauseMs: 30_000, cooldownMs: 150_000 };

/** The village: walk about, come near, talk. */
export class VillageScene extends Phaser.Scene {
  player!: Walker;
  villagers: readonly Villager[] = [];
  box!: DialogueBox;
  #story!: Story;
  #controls!: Controls;
  #marker!: WalkMarker;
  #prompt!: Phaser.GameObjects.Sprite;
  #hints!: Hints;
  /** Walked to by a click on a person: the talk begins on arrival. */
  #wanted: Villager | undefined;
  /** How far left of the middle and above it the player is shown. */
  readonly #aside = new Phaser.Math.Vector2();
  /** Where the middle of the speakers is in this talk. */
  #talkX: number = TALK_X.most;

  constructor() {
    super('village');
  }

  create(): void {
    this.physics.world.setBounds(0, 0, WORLD.width, WORLD.height);
    const sheet = this.cache.json.get('tiles') as TileSheet;
    new Ground(this, sheet);
    addScenery(this);
    const stones = villageWalls(sheet.solid);
    const walls = this.physics.add.staticGroup();
    for (const { x, y, width, height } of stones)
      walls.add(this.add.zone(x + width / 2, y + height / 2, width, height));

    const { x, y, facing } = PLACES.player;
    this.player = new Walker(this, 'player', x, y, facing);
    this.parley.watchPlayer(this.player.sprite);
    this.physics.add.collider(this.player.sprite, walls);
    this.villagers = [];
    for (const { id } of VILLAGERS) if (id !== 'tomas') this.addVillager(id);

    this.cameras.main.setBounds(0, 0, WORLD.width, WORLD.height).setRoundPixels(true);
    this.cameras.main.startFollow(this.player.sprite, true);
    onMotion(this, (still) => this.cameras.main.setLerp(still ? 1 : 0.18));
    const ways = new WayFinder(stones, WORLD);
    this.#controls = new Controls(this, (from, to, within) => ways.find(from, to, within, this.#bodies()));
    this.#marker = new WalkMarker(this, DEPTH.evening + 1);
    this.#prompt = this.#createPrompt();
    this.#hints = new Hints(this);
    this.box = new DialogueBox(this, {
      ...BOX_STYLE,
      area: () => deckOf(this.scale),
      depth: DEPTH.hud + 10,
    });
    Object.assign(this.box.input.element.style, FIELD_STYLE);
    this.box.on('close', () => this.input.keyboard?.resetKeys());
    this.#story = new Story(this);
    this.parley.gossip = GOSSIP;
    listen(this, this.parley.events, 'gossip', shareOpinion);
    this.#listen();
    new VillageHud(this);
  }

  override update(_time: number, deltaMs: number): void {
    const talking = this.box.isOpen;
    this.#story.update();
    const velocity =
      talking || this.#story.ending
        ? Phaser.Math.Vector2.ZERO
        : this.#controls.velocity(this.player.x, this.player.y, deltaMs);
    this.player.walk(velocity.x, velocity.y);
    this.player.update();
    for (const villager of this.villagers) {
      villager.update(deltaMs, this.box.npc === villager.npc, talking || this.#story.ending);
    }
    const near = this.#nearest();
    if (!this.goal) this.#wanted = undefined;
    this.#marker.show(this.goal);
    if (this.#wanted && this.#isNear(this.#wanted)) this.talkTo(this.#wanted);
    this.#showPrompt(talking || this.#story.ending ? undefined : near);
    this.#look();
  }

  /** Where the player walks to, by a click or tap. */
  get goal(): Point | undefined {
    return this.#controls.goal;
  }

  /** Someone enters the village. */
  addVillager(id: VillagerId): void {
    if (this.villagers.some(({ npc }) => npc.id === id)) return;
    const villager = new Villager(this, id);
    this.physics.add.collider(this.player.sprite, villager.walker.sprite);
    this.villagers = [...this.villagers, villager];
    this.#hear(villager);
  }

  /** Opens a talk with a villager; both turn to each other. */
  talkTo(villager: Villager): void {
    this.#wanted = undefined;
    this.#controls.stop();
    this.player.lookAt(villager.walker.x, villager.walker.y);
    this.#hints.talked();
    this.box.open(villager.npc);
  }

  /** The speakers of a talk stand in the middle of what box and choices leave free. */
  #look(): void {
    const picture = pictureHeight(this.scale);
    this.#aside.lerp(this.#wantedAside(picture), reducedMotion(this) ? 1 : 0.12);
    const [left, up] = [Math.round(this.#aside.x), Math.round(this.#aside.y)];
    const camera = this.cameras.main;
    // What the camera has below the picture, and what the box covers, is not to be filled by the world.
    const below = camera.height - picture;
    camera
      .setBounds(
        0,
        0,
        Math.min(SEEN.width, WORLD.width + Math.max(0, 2 * left)),
        WORLD.height + below + Math.max(0, 2 * up),
      )
      .setFollowOffset(-left, -up - below / 2);
  }

  /** How far left of the middle of the picture and above it the player is to be. */
  #wantedAside(picture: number): { readonly x: number; readonly y: number } {
    const [panel, ...choices] = this.box.covered;
    const walker = this.villagers.find(({ npc }) => npc === this.box.npc)?.walker;
    if (!panel || !walker) {
      this.#talkX = TALK_X.most;
      return { x: 0, y: 0 };
    }
    const { width } = this.scale;
    const upright = deckOf(this.scale) !== undefined;
    // Choices stand beside the speakers, or below them where the screen is narrow.
    const top = Math.min(picture, panel.y, ...(upright ? choices.map(({ y }) => y) : []));
    // Once they made room for a long choice they stay: the picture is not to sway with each answer.
    const room = Math.min(...choices.filter(({ y }) => y < top / 2 + 2 * CHEST).map(({ x }) => x / 2));
    this.#talkX = Math.max(TALK_X.least, Math.min(this.#talkX, room));
    const middle = { x: (walker.x - this.player.x) / 2, y: (walker.y - this.player.y) / 2 - CHEST };
    return {
      x: width / 2 - (upright ? width / 2 : this.#talkX) + middle.x,
      y: picture / 2 - top / 2 + middle.y,
    };
  }

  #listen(): void {
    this.input.keyboard?.on('keydown', (event: KeyboardEvent) => {
      if (!event.repeat && /^(?:e|enter| )$/i.test(event.key)) this.#act();
    });
    listen(this, this.events, 'act', () => this.#act());
    this.input.on(Phaser.Input.Events.POINTER_DOWN, (pointer: Phaser.Input.Pointer) => {
      if (this.box.isOpen || this.#story.ending) return;
      const hits = this.villagers.filter(({ walker }) =>
        walker.sprite.getBounds().contains(pointer.worldX, pointer.worldY),
      );
      // Who stands in front is who is seen.
      this.#wanted = hits.sort((a, b) => b.walker.y - a.walker.y)[0];
      if (this.#wanted && this.#isNear(this.#wanted)) {
        this.talkTo(this.#wanted);
        return;
      }
      if (this.#wanted) this.#controls.walkUpTo(this.#wanted.walker, WALK_UP_DISTANCE);
      else this.#controls.walkTo({ x: pointer.worldX, y: pointer.worldY });
      this.#marker.begin(this.#wanted !== undefined);
    });
  }

  /** Talks to whoever is near. */
  #act(): void {
    const near = this.box.isOpen || this.#story.ending ? undefined : this.#nearest();
    if (near) this.talkTo(near);
  }

  #hear({ npc }: Villager): void {
    npc.on('action', ({ name, params }) => {
      if (name === 'give') this.registry.set(`item.${params.item}`, true);
      if (name === 'show') toast(this, `${npc.persona.identity.name} shows you the ${params.what}`);
    });
  }

  #nearest(): Villager | undefined {
    const distance = (villager: Villager) => villager.walker.distanceTo(this.player);
    const [first] = [...this.villagers].sort((a, b) => distance(a) - distance(b));
    return first && this.#isNear(first) ? first : undefined;
  }

  #isNear({ walker }: Villager): boolean {
    return walker.distanceTo(this.player) <= TALK_DISTANCE;
  }

  /** What the villagers' feet take up now. */
  #bodies(): Phaser.Physics.Arcade.Body[] {
    return this.villagers.map(({ walker }) => walker.sprite.body as Phaser.Physics.Arcade.Body);
  }

  #createPrompt(): Phaser.GameObjects.Sprite {
    const frames = this.anims.generateFrameNames('props', { prefix: 'prompt-key-', start: 0, end: 1 });
    if (!this.anims.exists('prompt')) this.anims.create({ key: 'prompt', frames, frameRate: 2, repeat: -1 });
    const prompt = this.add.sprite(0, 0, 'props', 'prompt-key-0').setDepth(DEPTH.hud).setVisible(false);
    restWhenStill(this, [prompt.play('prompt').anims]);
    return prompt;
  }

  #showPrompt(near: Villager | undefined): void {
    const free = near?.npc.bubble?.state === 'hidden';
    this.#prompt.setVisible(free === true);
    if (near && free) this.#prompt.setPosition(Math.round(near.walker.x), Math.round(near.walker.y) - 38);
  }
}
