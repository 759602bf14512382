/** What Phaser draws with WebGL alone, for its Canvas renderer: nine-slices, and the tints of images and bitmap texts. */
import * as Phaser from 'phaser';
import { cssColor } from './theme.js';

type RenderCanvas<T> = (
  this: unknown,
  renderer: Phaser.Renderer.Canvas.CanvasRenderer,
  object: T,
  camera: Phaser.Cameras.Scene2D.Camera,
  parentMatrix?: Phaser.GameObjects.Components.TransformMatrix,
) => void;

/** As every game object has it; Phaser's types leave it out. */
interface DrawnOnCanvas<T> {
  renderCanvas: RenderCanvas<T>;
}

/** Phaser's types know it without the matrix of a container. */
const setTransform = Phaser.Renderer.Canvas.SetTransform as (
  renderer: Phaser.Renderer.Canvas.CanvasRenderer,
  context: CanvasRenderingContext2D,
  object: Phaser.GameObjects.GameObject,
  camera: Phaser.Cameras.Scene2D.Camera,
  parentMatrix?: Phaser.GameObjects.Components.TransformMatrix,
) => boolean;

/**
 * Lets an object draw itself where the game has no WebGL, and changes nothing where it has.
 * @param object one, or the prototype of all: `Phaser.GameObjects.NineSlice.prototype`
 */
export function drawnOnCanvas<T extends Phaser.GameObjects.NineSlice | Tinted>(object: T): T {
  // A prototype is no instance of its own class.
  const renderCanvas =
    'setSlices' in object ? drawNineSlice : 'getTextBounds' in object ? drawTintedText : drawTintedImage;
  Object.assign(object, { renderCanvas });
  return object;
}

/** One tint for all of it, that of the upper left corner. */
type Tinted = Phaser.GameObjects.BitmapText | Phaser.GameObjects.Image | Phaser.GameObjects.Sprite;

const drawNineSlice: RenderCanvas<Phaser.GameObjects.NineSlice> = (renderer, slice, camera, parentMatrix) => {
  const context = renderer.currentContext;
  if (!setTransform(renderer, context, slice, camera, parentMatrix)) return;
  const { frame, width, height, leftWidth, rightWidth, topHeight, bottomHeight } = slice;
  context.translate(-slice.originX * width, -slice.originY * height);
  const image = frame.source.image as CanvasImageSource;
  for (const y of parts(frame.cutY, frame.cutHeight, height, topHeight, bottomHeight)) {
    for (const x of parts(frame.cutX, frame.cutWidth, width, leftWidth, rightWidth)) {
      context.drawImage(image, x.from, y.from, x.size, y.size, x.to, y.to, x.toSize, y.toSize);
    }
  }
  context.restore();
};

/** A piece of a frame along one axis, and where it goes. */
interface Part {
  readonly from: number;
  readonly size: number;
  readonly to: number;
  readonly toSize: number;
}

/** Edge, middle, edge; the middle stretches. */
function parts(from: number, size: number, toSize: number, first: number, last: number): Part[] {
  return [
    { from, size: first, to: 0, toSize: first },
    { from: from + first, size: size - first - last, to: first, toSize: toSize - first - last },
    { from: from + size - last, size: last, to: toSize - last, toSize: last },
  ].filter((part) => part.size > 0 && part.toSize > 0);
}

const WHITE = 0xffffff;

/** Draws from a picture in the tint's colour in place of the white one. */
const drawTinted =
  (drawUntinted: RenderCanvas<Tinted>): RenderCanvas<Tinted> =>
  (renderer, object, camera, parentMatrix) => {
    const { texture, frame, tintTopLeft } = object;
    // Of texts Phaser reads the one or the other, by whether the font stands in an atlas.
    if (tintTopLeft !== WHITE) Object.assign(object, tinted(texture, frame, tintTopLeft));
    drawUntinted(renderer, object, camera, parentMatrix);
    Object.assign(object, { texture, frame });
  };

type Picture = Pick<Tinted, 'texture' | 'frame'>;

const { renderCanvas: drawText } = Phaser.GameObjects.BitmapText
  .prototype as unknown as DrawnOnCanvas<Tinted>;
const { renderCanvas: drawImage } = Phaser.GameObjects.Image.prototype as unknown as DrawnOnCanvas<Tinted>;
const drawTintedText = drawTinted(drawText);
const drawTintedImage = drawTinted(drawImage);

/** By frame and colour; a game has few of both. */
const pictures = new WeakMap<Phaser.Textures.Frame, Map<number, Picture>>();
const images = new WeakMap<Phaser.Textures.TextureSource, Map<number, HTMLCanvasElement>>();

function tinted(texture: Phaser.Textures.Texture, frame: Phaser.Textures.Frame, colour: number): Picture {
  return found(pictures, frame, colour, () => {
    const image = found(images, frame.source, colour, () => tintedImage(frame.source, colour));
    const source = like(frame.source, { image });
    const frames = { __BASE: like(texture.get('__BASE'), { source }) };
    return { texture: like(texture, { frames }), frame: like(frame, { source }) };
  });
}

/** What was made of something in a colour before, or else is made now. */
function found<K extends object, V>(
  made: WeakMap<K, Map<number, V>>,
  key: K,
  colour: number,
  make: () => V,
): V {
  const byColour = made.get(key) ?? new Map<number, V>();
  made.set(key, byColour);
  const value = byColour.get(colour) ?? make();
  byColour.set(colour, value);
  return value;
}

/** An object that differs from another one in what is given. */
function like<T extends object>(original: T, changes: object): T {
  return Object.assign(Object.create(original) as T, changes);
}

function tintedImage(source: Phaser.Textures.TextureSource, colour: number): HTMLCanvasElement {
  const image = document.createElement('canvas');
  image.width = source.width;
  image.height = source.height;
  const context = image.getContext('2d')!;
  context.drawImage(source.image as CanvasImageSource, 0, 0);
  context.globalCompositeOperation = 'multiply';
  context.fillStyle = cssColor(colour);
  context.fillRect(0, 0, image.width, image.height);
  // Multiplying fills what was clear.
  context.globalCompositeOperation = 'destination-in';
  context.drawImage(source.image as CanvasImageSource, 0, 0);
  return image;
}
