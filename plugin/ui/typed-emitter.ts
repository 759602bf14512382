import * as Phaser from 'phaser';

/** Phaser's event emitter with the argument types of each event. */
export class TypedEmitter<Events extends Record<keyof Events, unknown[]>> extends Phaser.Events.EventEmitter {
  override on<E extends keyof Events & string>(
    event: E,
    listener: (...args: Events[E]) => void,
    context?: unknown,
  ): this {
    return super.on(event, listener, context);
  }

  override once<E extends keyof Events & string>(
    event: E,
    listener: (...args: Events[E]) => void,
    context?: unknown,
  ): this {
    return super.once(event, listener, context);
  }

  override off<E extends keyof Events & string>(
    event: E,
    listener?: (...args: Events[E]) => void,
    context?: unknown,
    once?: boolean,
  ): this {
    return super.off(event, listener, context, once);
  }

  override emit<E extends keyof Events & string>(event: E, ...args: Events[E]): boolean {
    return super.emit(event, ...args);
  }
}
