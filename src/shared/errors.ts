/**
 * The base class of all errors of this package.
 *
 * `instanceof` works within one copy of the package. {@link DixaError.is} also works across copies and realms (a bundle
 * next to `node_modules`, a worker, a test runner), and for every subclass: `DixaNotFoundError.is(error)`.
 */
export class DixaError extends Error {
  /**
   * A stable code for the class, such as `DIXA_NOT_FOUND`. Branch on the code or the class, never on the message.
   */
  readonly code: string = this.name
    .replace(/(.)Error$/, '$1')
    .replace(/\B[A-Z]/g, '_$&')
    .toUpperCase();

  constructor(message?: string, options?: ErrorOptions) {
    super(message, options);
    // Writable, because some loggers assign to it. A getter alone would throw.
    Object.defineProperty(this, 'name', { value: this.name, writable: true, configurable: true });
  }

  /** The name of the class, even in minified code. */
  override get name(): string {
    return 'DixaError';
  }

  /** Marks the errors of all copies of this package, in all realms. */
  get isDixaError(): true {
    return true;
  }

  /**
   * Whether `value` is an error of this class or a subclass, from any copy of the package or realm.
   * @example if (DixaNotFoundError.is(error)) return undefined
   */
  static is<E extends DixaError>(this: { readonly prototype: E }, value: unknown): value is E {
    if (!(value as Partial<DixaError> | null | undefined)?.isDixaError) return false;
    for (let level = value; level; level = Object.getPrototypeOf(level)) {
      if ((level as Error).name === this.prototype.name) return true;
    }
    return false;
  }
}

/**
 * An option is wrong. Thrown when the client or the receiver is created, or, for a wrong `fetch`, by the call that uses it.
 * The message never contains the value.
 */
export class DixaConfigurationError extends DixaError {
  declare readonly code: 'DIXA_CONFIGURATION';

  override get name(): string {
    return 'DixaConfigurationError';
  }
}
