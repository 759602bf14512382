import { describe, expect, it } from 'vitest';
import { boxStyle } from '../../../plugin/ui/box-style.js';
import { bubbleStyle, DEFAULT_COLORS, type Theme } from '../../../plugin/ui/theme.js';

const THEME: Theme = {
  colors: { paper: 0x111111, ink: 0xeeeeee, plate: 0x0000ff },
  face: { fontFamily: 'Georgia', fontSize: 20 },
  panel: { radius: 3 },
  bubble: { padding: 5, panel: { radius: 1 } },
  box: { padding: 6, nameFace: { color: 0xff0000 } },
};

describe('Theme', () => {
  it('gives bubble and box its colours, face and panels', () => {
    const bubble = bubbleStyle({}, THEME);
    const box = boxStyle({}, THEME);
    for (const style of [bubble, box]) {
      expect(style.face).toMatchObject({ fontFamily: 'Georgia', fontSize: 20, color: 0xeeeeee });
      expect(style.panel).toMatchObject({ fill: 0x111111, border: DEFAULT_COLORS.line });
    }
    expect([bubble.panel.radius, box.panel.radius]).toEqual([1, 3]);
    expect([bubble.padding, box.padding]).toEqual([5, 6]);
    expect(box.namePanel.fill).toBe(0x0000ff);
    expect(box.nameFace).toMatchObject({ fontFamily: 'Georgia', color: 0xff0000 });
    expect(box.corner.color).toBe(0xff0000);
    expect(box.input).toMatchObject({ fontFamily: 'Georgia', fontSize: 16, color: 0xeeeeee });
  });

  it('gives way to the style of one bubble or box, part by part', () => {
    expect(bubbleStyle({ panel: { radius: 9 } }, THEME).panel).toMatchObject({ radius: 9, fill: 0x111111 });
    const box = boxStyle({ padding: 1, nameFace: { fontSize: 9 }, input: { fontSize: 10 } }, THEME);
    expect(box.padding).toBe(1);
    expect(box.nameFace).toMatchObject({ fontSize: 9, color: 0xff0000 });
    expect(box.input).toMatchObject({ fontSize: 10, fontFamily: 'Georgia' });
  });
});
