import type { Rect } from './css-rect.js';

/** A camera, as far as its geometry goes: screen = rotated((world − scroll − origin) · zoom) + origin. */
export interface View {
  readonly scrollX: number;
  readonly scrollY: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
  /** Shares of the size, as of Phaser's camera; 0.5 is the middle. */
  readonly originX: number;
  readonly originY: number;
  /** Radians, clockwise. Default 0. */
  readonly rotation?: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** World units to pixels from the view's top left corner. */
export function worldToScreen(view: View, point: Point): Point {
  const originX = view.width * view.originX;
  const originY = view.height * view.originY;
  const turned = rotated(
    (point.x - view.scrollX - originX) * view.zoom,
    (point.y - view.scrollY - originY) * view.zoom,
    view.rotation ?? 0,
  );
  return { x: turned.x + originX, y: turned.y + originY };
}

/** Pixels from the view's top left corner to world units. */
export function screenToWorld(view: View, point: Point): Point {
  const originX = view.width * view.originX;
  const originY = view.height * view.originY;
  const turned = rotated(point.x - originX, point.y - originY, -(view.rotation ?? 0));
  return {
    x: turned.x / view.zoom + originX + view.scrollX,
    y: turned.y / view.zoom + originY + view.scrollY,
  };
}

function rotated(x: number, y: number, angle: number): Point {
  if (angle === 0) return { x, y };
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { x: x * cos - y * sin, y: x * sin + y * cos };
}

/** The upright rectangle in which one of the world is seen, also where the camera turns. */
export function seenRect(view: View, { x, y, width, height }: Rect): Rect {
  const corners = [
    worldToScreen(view, { x, y }),
    worldToScreen(view, { x: x + width, y }),
    worldToScreen(view, { x, y: y + height }),
    worldToScreen(view, { x: x + width, y: y + height }),
  ];
  const xs = corners.map((corner) => corner.x);
  const ys = corners.map((corner) => corner.y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

/** Where a rectangle of the world is seen: the middles of its top and bottom edges, upright on the screen. */
export function seenEdges(view: View, rect: Rect): { readonly head: Point; readonly feet: Point } {
  const seen = seenRect(view, rect);
  const x = seen.x + seen.width / 2;
  return { head: { x, y: seen.y }, feet: { x, y: seen.y + seen.height } };
}

export interface BubblePlace {
  /** Top left corner of the panel, in pixels of the view. */
  readonly left: number;
  readonly top: number;
  /** Where the tail meets the panel, from its left edge. */
  readonly tailX: number;
  /** The panel stands below the speaker since there is no room above. */
  readonly below: boolean;
  /** False when the speaker is out of view. */
  readonly visible: boolean;
}

export interface BubbleBox {
  readonly width: number;
  readonly height: number;
  /** The height it may grow to; a bubble that would not fit above then stands below from the start. */
  readonly fullHeight: number;
  /** Preferred distance of the panel's left edge from the speaker; the tail is there. */
  readonly tailX: number;
  readonly tailHeight: number;
  /** Least distance of the tail from the panel's corners. */
  readonly corner: number;
  readonly margin: number;
}

/** How a panel stands to its speaker. */
export interface BubbleSide {
  readonly below: boolean;
  /** It reaches to the left or right as far as its tail lets it; 0: as `tailX` says. */
  readonly reach: -1 | 0 | 1;
}

export const USUAL_SIDE: BubbleSide = { below: false, reach: 0 };
const SIDES: readonly BubbleSide[] = [false, true].flatMap((below) =>
  ([0, 1, -1] as const).map((reach) => ({ below, reach })),
);
/** Pixels of the view, squared; a panel may touch what it is to keep clear of. */
const TOUCH = 24;

/**
 * The side on which the panel covers the least of some areas; the usual one where it covers nothing.
 * @param barred where it may not reach: the side that a text begins on while more words may come, which would move
 */
export function chooseSide(
  view: { width: number; height: number },
  head: Point,
  feetY: number,
  box: BubbleBox,
  areas: readonly Rect[],
  barred?: -1 | 1,
): BubbleSide {
  let best = USUAL_SIDE;
  let least = Number.POSITIVE_INFINITY;
  for (const side of SIDES) {
    if (side.reach === barred) continue;
    const { left: x, top: y, below } = placeBubble(view, head, feetY, box, side);
    const panel = { x, y, width: box.width, height: box.height };
    const covered = areas.reduce((sum, area) => sum + overlap(panel, area), 0);
    // Where there is no room on this side, it is placed as on the other one.
    if (below !== side.below || covered > least - TOUCH) continue;
    least = covered;
    best = side;
  }
  return best;
}

function overlap(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}

/**
 * Places a panel over a speaker and inside the view; all in pixels of the view.
 * @param head the middle of the speaker's top edge
 * @param feetY the speaker's bottom edge
 * @param side where it is to stand, as far as there is room
 */
export function placeBubble(
  view: { width: number; height: number },
  head: Point,
  feetY: number,
  box: BubbleBox,
  side: BubbleSide = USUAL_SIDE,
): BubblePlace {
  const { margin, corner, width } = box;
  const above = head.y - box.tailHeight - box.height;
  const under = feetY + box.tailHeight;
  const noRoomAbove = head.y - box.tailHeight - box.fullHeight < margin;
  const below = (noRoomAbove || side.below) && under + box.fullHeight <= view.height - margin;
  const wanted = side.reach === 0 ? box.tailX : side.reach < 0 ? width - corner : corner;
  const left = clamp(head.x - wanted, margin, view.width - margin - width);
  const top = clamp(below ? under : above, margin, view.height - margin - box.height);
  const tailX = clamp(head.x - left, corner, width - corner);
  const visible = head.x >= 0 && head.x <= view.width && feetY >= 0 && head.y <= view.height;
  return { left: Math.round(left), top: Math.round(top), tailX: Math.round(tailX), below, visible };
}

/** The lower bound wins where the bounds cross: the start of a text matters more than its end. */
function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}

export function viewOf(camera: View): View & { readonly rotation: number } {
  const { scrollX, scrollY, zoom, width, height, originX, originY, rotation = 0 } = camera;
  return { scrollX, scrollY, zoom, width, height, originX, originY, rotation };
}
