import type { ActionCall, Utterance, UtteranceResult } from '../dialogue/index.js';

/** Receives one utterance as it is spoken. */
export interface UtteranceSink {
  filler(text: string, emotion: string): void;
  text(text: string): void;
  emotion(emotion: string): void;
  action(action: ActionCall): void;
  /** `result` is undefined when the caller's own signal ended the line. */
  done(result: UtteranceResult | undefined): void;
}

/** Passes an utterance on, event by event; never rejects. */
export async function relay(utterance: Utterance, sink: UtteranceSink): Promise<void> {
  let result: UtteranceResult | undefined;
  try {
    for await (const event of utterance) {
      if (event.type === 'text') sink.text(event.text);
      else if (event.type === 'emotion') sink.emotion(event.emotion);
      else if (event.type === 'filler') sink.filler(event.text, event.emotion);
      else sink.action(event.action);
    }
    result = await utterance.result;
  } catch (error) {
    // The caller's own AbortError reaches the caller through the utterance; a failing listener must stay loud.
    if (!(error instanceof DOMException && error.name === 'AbortError')) console.error(error);
  }
  sink.done(result);
}
