import { describe, expect, it } from 'vitest';
import { deriveChatTemplate } from '../../../engine/tokenizer/chat-template.js';
import { createTokenizer } from '../../../engine/tokenizer/tokenizer.js';
import { bundledMetadata, type Metadata, tinyLlamaMetadata } from '../../support/vocabularies.js';

function derive(metadata: Metadata) {
  return deriveChatTemplate(metadata, createTokenizer(metadata));
}

const bundled = await bundledMetadata();

function deriveSource(source: string) {
  return derive(new Map([...bundled, ['tokenizer.chat_template', source]]));
}

const LOOP = '{% for m in messages %}<{{ m.role }}>{{ m.content }}\n{% endfor %}';
const ANSWER = '{% if add_generation_prompt %}<assistant>{% endif %}';

describe('deriveChatTemplate', () => {
  it('derives ChatML from the bundled model', () => {
    const template = derive(bundled);
    expect(template).toMatchObject({
      beforeSystem: '<|im_start|>system\n',
      systemToUser: '<|im_end|>\n<|im_start|>user\n',
      userToAnswer: '<|im_end|>\n<|im_start|>assistant\n',
      answerToUser: '<|im_end|>\n<|im_start|>user\n',
    });
    expect(template.beforeUser).toMatch(/<\|im_start\|>user\n$/);
    expect(template.roleMarkers).toEqual(expect.arrayContaining(['<|im_start|>', '<|im_end|>']));
  });

  it('derives the template of TinyLlama and Zephyr, whose markers are ordinary text', () => {
    const template = derive(tinyLlamaMetadata());
    expect(template).toMatchObject({
      beforeSystem: '<|system|>\n',
      systemToUser: '</s>\n<|user|>\n',
      beforeUser: '<|user|>\n',
    });
    expect(template.userToAnswer).toMatch(/^<\/s>\n<\|assistant\|>/);
    expect(template.answerToUser).toBe('</s>\n<|user|>\n');
    expect(template.roleMarkers).toEqual(
      expect.arrayContaining(['<|system|>', '<|user|>', '<|assistant|>', '</s>']),
    );
  });

  it('gives equal templates one id, and different ones different ids', () => {
    expect(derive(bundled).id).toBe(derive(bundled).id);
    expect(derive(bundled).id).not.toBe(derive(tinyLlamaMetadata()).id);
  });

  it('takes a plain template of its own', () => {
    expect(deriveSource(LOOP + ANSWER)).toMatchObject({ beforeUser: '<user>', answerToUser: '\n<user>' });
  });

  const underivable: Record<string, string> = {
    'drops the system text': `{% for m in messages %}{% if m.role != "system" %}<{{ m.role }}>{{ m.content }}{% endif %}{% endfor %}${ANSWER}`,
    'shouts what people say': `{% for m in messages %}<{{ m.role }}>{{ m.content | upper }}{% endfor %}${ANSWER}`,
    'says everything twice': `{% for m in messages %}{{ m.content }}{{ m.content }}{% endfor %}${ANSWER}`,
    'counts its turns': `{% for m in messages %}{{ loop.index }}<{{ m.role }}>{{ m.content }}{% endfor %}${ANSWER}`,
    'forgets old turns': `{% for m in messages[-2:] %}<{{ m.role }}>{{ m.content }}{% endfor %}${ANSWER}`,
    'raises an exception': '{{ raise_exception("no system role") }}',
    'is no template': '{% for m in messages %}',
    'is empty': '',
    'is oversized': `${LOOP}${ANSWER}${' '.repeat(17_000)}`,
    'loops over a huge literal range': `{% for i in range(100000000) %}x{% endfor %}${LOOP}`,
    'loops over a huge literal range with underscores': `{% for i in range(0, 1_000_000) %}x{% endfor %}${LOOP}`,
    'renders to far too much': `{% for i in range(999) %}{% for j in range(99) %}x{% endfor %}{% endfor %}${LOOP}`,
  };
  it.each(Object.keys(underivable))('refuses one that %s with template-unsupported', (name) => {
    expect(() => deriveSource(underivable[name]!)).toThrow(
      expect.objectContaining({ code: 'template-unsupported' }),
    );
  });

  it('refuses a file without one with template-unsupported', () => {
    const without = new Map([...bundled].filter(([key]) => key !== 'tokenizer.chat_template'));
    expect(() => derive(without)).toThrow(expect.objectContaining({ code: 'template-unsupported' }));
  });
});
