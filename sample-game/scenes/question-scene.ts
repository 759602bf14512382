import { label } from '../hud/label.js';
import { heightOf, Menu } from '../menu/menu.js';
import { mirrorOf } from '../menu/mirror.js';
import { type OverlayData, OverlayScene, openOverlay } from '../menu/overlay-scene.js';
import { addPanel, addVeil } from '../menu/panel.js';

export interface Answer {
  readonly label: string;
  /** Without one the question is just closed. */
  readonly act?: () => void;
}

interface Question {
  readonly title: string;
  readonly text: string;
  readonly answers: readonly Answer[];
  /** When it is closed without an answer. */
  readonly otherwise?: () => void;
}

type QuestionData = OverlayData & Question;

/** Asks before something is lost, or says something that must be read; Escape is no answer. */
export function ask(scene: Phaser.Scene, question: Question): void {
  openOverlay(scene, 'question', question);
}

/** A question with its answers. */
export class QuestionScene extends OverlayScene<QuestionData> {
  constructor() {
    super('question');
  }

  override close(): void {
    super.close();
    this.options.otherwise?.();
  }

  protected override build(): void {
    const { title, text, answers } = this.options;
    addVeil(this);
    const width = Math.min(220, this.scale.width - 58);
    const words = label(this, 0, 0, text, { maxWidth: width });
    const textHeight = Math.ceil(words.height) + 8;
    const room = addPanel(this, title, { width, height: textHeight + heightOf(answers.length) }, () =>
      this.close(),
    );
    this.children.bringToTop(words.setPosition(room.x, room.y));
    mirrorOf(this).tell(text);
    const rows = answers.map((answer) => ({
      kind: 'button' as const,
      label: answer.label,
      act: () => {
        super.close();
        answer.act?.();
      },
    }));
    const inset = Math.max(0, Math.round((room.width - 160) / 2));
    new Menu(this, rows, {
      x: room.x + inset,
      y: room.y + textHeight,
      width: room.width - 2 * inset,
      height: room.height - textHeight,
    });
  }
}
