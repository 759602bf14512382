import { describe, expect, it } from 'vitest';
import { layOutBox } from '../../../plugin/ui/box-layout.js';

const metrics = {
  margin: 12,
  padding: 14,
  maxWidth: 760,
  portrait: 104,
  lineHeight: 24,
  maxLines: 3,
  inputHeight: 30,
};

describe('layOutBox', () => {
  it('stands along the bottom, in the middle, no wider than allowed', () => {
    const { panel } = layOutBox({ width: 1280, height: 720 }, metrics);
    expect(panel.width).toBe(760);
    expect(panel.x).toBe(260);
    expect(panel.y + panel.height).toBe(720 - 12);
  });

  it('gives the text the room beside the portrait, and the field the room below the text', () => {
    const { panel, portrait, text, input, mark } = layOutBox({ width: 800, height: 600 }, metrics);
    expect(portrait!.x + portrait!.width).toBeLessThan(text.x);
    expect(input!.x + input!.width).toBe(panel.x + panel.width - 14);
    expect(mark.x).toBeGreaterThan(text.x + text.width);
    expect(mark.x).toBeLessThan(panel.x + panel.width - 14);
    expect(text.height).toBe(72);
    expect(input!.y).toBeGreaterThanOrEqual(text.y + text.height);
    expect(input!.y + input!.height).toBeLessThanOrEqual(panel.y + panel.height - 14);
  });

  it('puts the parts to the other side for a name from right to left', () => {
    const view = { width: 800, height: 600 };
    const ltr = layOutBox(view, metrics);
    const rtl = layOutBox(view, { ...metrics, rtl: true });
    expect(rtl.panel).toEqual(ltr.panel);
    expect(rtl.portrait!.x).toBeGreaterThan(rtl.text.x + rtl.text.width);
    expect(rtl.text.width).toBe(ltr.text.width);
    expect(rtl.mark.x).toBeLessThan(rtl.text.x);
    expect(rtl.input!.x).toBe(rtl.panel.x + 14);
    expect(rtl.choices).toMatchObject({ x: rtl.panel.x, bottom: ltr.choices.bottom, side: 'left' });
  });

  it('keeps the choices clear of the buttons over the corner', () => {
    const buttons = { ...metrics, button: 44, buttonsWidth: 96 };
    const { panel, button, choices } = layOutBox({ width: 800, height: 600 }, buttons);
    expect(button).toEqual({ x: panel.x + panel.width - 44, y: panel.y - 44, width: 44, height: 44 });
    expect(choices.x).toBe(panel.x + panel.width - 96);
    expect(choices.maxWidth).toBe(panel.width - 96);
    const rtl = layOutBox({ width: 800, height: 600 }, { ...buttons, rtl: true });
    expect(rtl.button!.x).toBe(rtl.panel.x);
    expect(rtl.choices.x).toBe(rtl.panel.x + 96);
    expect(layOutBox({ width: 800, height: 600 }, metrics).button).toBeUndefined();
  });

  it('uses the whole width without a portrait, and less height without a field', () => {
    const full = layOutBox({ width: 320, height: 240 }, metrics);
    const bare = layOutBox({ width: 320, height: 240 }, { ...metrics, portrait: 0, inputHeight: 0 });
    expect(bare.portrait).toBeUndefined();
    expect(bare.input).toBeUndefined();
    expect(bare.text.x).toBe(bare.panel.x + 14);
    expect(bare.panel.height).toBeLessThan(full.panel.height);
  });

  describe('in an area', () => {
    const view = { width: 400, height: 800 };
    const area = { x: 0, y: 450, width: 400, height: 350 };

    it('fills it: text at the top, the field at the bottom, wide choices between', () => {
      const { panel, portrait, text, input, choices } = layOutBox(view, { ...metrics, area });
      expect(panel).toEqual(area);
      expect(portrait!.y).toBe(area.y + 14);
      expect(text.y).toBe(area.y + 14);
      expect(input).toEqual({ x: 14, y: 800 - 14 - 30, width: 372, height: 30 });
      expect(choices).toMatchObject({ x: 386, wide: true, maxWidth: 372 });
      expect(choices.top).toBeGreaterThanOrEqual(portrait!.y + portrait!.height);
      expect(choices.bottom).toBeLessThan(input!.y);
    });

    it('breaks lines as along the bottom, where the box goes when a keyboard comes', () => {
      const { text } = layOutBox(view, { ...metrics, area });
      expect(text.width).toBe(layOutBox(view, metrics).text.width);
    });

    it('has the choices over it where few rows find room, and is left where too little does', () => {
      const low = { ...area, y: 600, height: 200 };
      const { panel, choices } = layOutBox(view, { ...metrics, area: low });
      expect(panel).toEqual(low);
      expect(choices).toMatchObject({ bottom: 600 - 12, wide: false });
      const lower = { ...area, y: 700, height: 100 };
      expect(layOutBox(view, { ...metrics, area: lower })).toEqual(layOutBox(view, metrics));
    });

    it('is mirrored for a name from right to left', () => {
      const { portrait, choices } = layOutBox(view, { ...metrics, area, rtl: true });
      expect(portrait!.x + portrait!.width).toBe(386);
      expect(choices).toMatchObject({ x: 14, side: 'left', wide: true });
    });
  });
});
