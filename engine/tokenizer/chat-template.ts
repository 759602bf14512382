/**
 * The chat template of a file as five fixed strings, derived once at load: a template is an untrusted program, and
 * running it for every turn could neither keep player text apart nor keep the KV cache valid.
 */
import { Template } from '@huggingface/jinja';
import type { GgufValue } from '../model-file/gguf-reader.js';
import { EngineError } from '../protocol.js';
import type { Tokenizer } from './tokenizer.js';

export interface ChatTemplate {
  /** Equal for equal templates; part of every saved cache's key. */
  readonly id: string;
  /** What stands before the first message, with and without a system text. */
  readonly beforeSystem: string;
  readonly systemToUser: string;
  readonly beforeUser: string;
  /** From the end of a user's text to the start of the answer. */
  readonly userToAnswer: string;
  readonly answerToUser: string;
  /** Texts that mark a role, such as `<|user|>`; broken up in untrusted text. */
  readonly roleMarkers: readonly string[];
}

/** Real templates have a few hundred to a few thousand characters. */
const MAX_TEMPLATE_CHARS = 16 * 1024;
/** A literal range larger than this can only be meant to exhaust memory. */
const MAX_LITERAL_RANGE = 1000;
/** A template that renders a short talk to more than this is refused. */
const MAX_RENDERED_CHARS = 64 * 1024;

const SYSTEM = 'Probe system text.';
const USERS = ['First probe question?', 'Second probe question?', 'Third probe question?'] as const;
const ANSWERS = ['First probe answer.', 'Second probe answer.'] as const;

type ProbeMessage = { role: 'system' | 'user' | 'assistant'; content: string };

/**
 * @throws EngineError template-unsupported: missing, too large, unsafe, or not of the form that five strings can render
 */
export function deriveChatTemplate(
  metadata: ReadonlyMap<string, GgufValue>,
  tokenizer: Pick<Tokenizer, 'bosToken' | 'addBos'>,
): ChatTemplate {
  const source = metadata.get('tokenizer.chat_template');
  if (typeof source !== 'string') throw unsupported('The file has no chat template.');
  const pieces = metadata.get('tokenizer.ggml.tokens');
  const piece = (id: unknown) => (Array.isArray(pieces) && typeof id === 'number' ? String(pieces[id]) : '');
  // A tokenizer that adds the first token by itself must not find it in the text again.
  const render = createRenderer(source, {
    bos_token: tokenizer.addBos ? '' : piece(tokenizer.bosToken),
    eos_token: piece(metadata.get('tokenizer.ggml.eos_token_id')),
  });

  const system: ProbeMessage = { role: 'system', content: SYSTEM };
  const users = USERS.map((content): ProbeMessage => ({ role: 'user', content }));
  const answers = ANSWERS.map((content): ProbeMessage => ({ role: 'assistant', content }));
  const [firstUser, secondUser] = users as [ProbeMessage, ProbeMessage];
  const whole = render([system, firstUser, answers[0]!, secondUser], true);
  const bare = render([firstUser], true);
  const [beforeSystem, systemToUser, , answerToUser, userToAnswer] = splitAt(whole, [
    SYSTEM,
    USERS[0],
    ANSWERS[0],
    USERS[1],
  ]) as [string, string, string, string, string];
  const [beforeUser] = splitAt(bare, [USERS[0]]) as [string];
  const derived = { beforeSystem, systemToUser, beforeUser, userToAnswer, answerToUser };

  const check = render([system, firstUser, answers[0]!, secondUser, answers[1]!, users[2]!], true);
  const expected = [
    beforeSystem + SYSTEM + systemToUser + USERS[0],
    userToAnswer + ANSWERS[0] + answerToUser + USERS[1],
    userToAnswer + ANSWERS[1] + answerToUser + USERS[2],
    userToAnswer,
  ].join('');
  if (check !== expected || bare !== beforeUser + USERS[0] + userToAnswer) {
    throw unsupported('The chat template renders a longer talk in another way than a short one.');
  }
  const strings = Object.values(derived);
  return { id: JSON.stringify(strings), ...derived, roleMarkers: findRoleMarkers(strings) };
}

/** Renders probe talks, with everything that bounds an untrusted template. */
function createRenderer(source: string, tokens: Record<string, string>) {
  if (source.length > MAX_TEMPLATE_CHARS) {
    throw unsupported(
      `The chat template has ${source.length} characters; expected at most ${MAX_TEMPLATE_CHARS}.`,
    );
  }
  for (const [, args = ''] of source.matchAll(/\brange\s*\(([^)]*)\)/g)) {
    if (
      (args.match(/\d[\d_]*(?:e\d+)?/gi) ?? []).some((n) => Number(n.replaceAll('_', '')) > MAX_LITERAL_RANGE)
    ) {
      throw unsupported(
        `The chat template loops over range(${args.trim()}); expected at most ${MAX_LITERAL_RANGE}.`,
      );
    }
  }
  return (messages: readonly ProbeMessage[], answer: boolean): string => {
    let rendered: string;
    try {
      rendered = new Template(source).render({
        messages: [...messages],
        add_generation_prompt: answer,
        ...tokens,
      });
    } catch (cause) {
      throw unsupported(`The chat template fails: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
    if (rendered.length > MAX_RENDERED_CHARS) {
      throw unsupported(`The chat template renders a short talk to ${rendered.length} characters.`);
    }
    return rendered;
  };
}

/** What stands around the given texts, which must each occur once and in this order. */
function splitAt(rendered: string, texts: readonly string[]): string[] {
  const parts: string[] = [];
  let end = 0;
  for (const text of texts) {
    const at = rendered.indexOf(text, end);
    if (at < 0 || rendered.indexOf(text) !== at || rendered.lastIndexOf(text) !== at) {
      throw unsupported(`The chat template does not keep ${JSON.stringify(text)} as one message.`);
    }
    parts.push(rendered.slice(end, at));
    end = at + text.length;
  }
  return [...parts, rendered.slice(end)];
}

function findRoleMarkers(strings: readonly string[]): string[] {
  const markers = strings.flatMap((text) => text.match(/<<?[^\s<>]+>>?|\[\/?[A-Z_]+\]|^#{2,}.*$/gm) ?? []);
  return [...new Set(markers)];
}

function unsupported(message: string): EngineError {
  return new EngineError('template-unsupported', message, {
    hint: 'Use a chat model whose template is a plain sequence of system, user and assistant messages.',
  });
}
