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

/** Where a rectangle of the world is seen: the middles of its top and bottom edges, upright on the screen. */
export function seenEdges(view: View, rect: Rect): { readonly head: Point; readonly feet: Point } {
  const corners = [
    worldToScreen(view, { x: rect.x, y: rect.y }),
    worldToScreen(view, { x: rect.x + rect.width, y: rect.y }),
    worldToScreen(view, { x: rect.x, y: rect.y + rect.height }),
    worldToScreen(view, { x: rect.x + rect.width, y: rect.y + rect.height }),
  ];
  const x = corners.reduce((sum, corner) => sum + corner.x, 0) / corners.length;
  const ys = corners.map((corner) => corner.y);
  return { head: { x, y: Math.min(...ys) }, feet: { x, y: Math.max(...ys) } };
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

/**
 * Places a panel over a speaker and inside the view; all in pixels of the view.
 * @param head the middle of the speaker's top edge
 * @param feetY the speaker's bottom edge
 */
export function placeBubble(
  view: { width: number; height: number },
  head: Point,
  feetY: number,
  box: BubbleBox,
): BubblePlace {
  const { margin } = box;
  const above = head.y - box.tailHeight - box.height;
  const under = feetY + box.tailHeight;
  const noRoomAbove = head.y - box.tailHeight - box.fullHeight < margin;
  const below = noRoomAbove && under + box.fullHeight <= view.height - margin;
  const left = clamp(head.x - box.tailX, margin, view.width - margin - box.width);
  const top = clamp(below ? under : above, margin, view.height - margin - box.height);
  const tailX = clamp(head.x - left, box.corner, box.width - box.corner);
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
