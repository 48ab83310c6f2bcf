/**
 * The base of every error of this package.
 *
 * `instanceof` works within one copy of the package. {@link DixaError.is} also works where two copies meet
 * (a bundle beside `node_modules`, a worker, a test runner's second realm), and on every subclass:
 * `DixaNotFoundError.is(error)`.
 */
export class DixaError extends Error {
  /**
   * Stable and machine-readable: the class's name in constant case, without the `Error`, such as `DIXA_NOT_FOUND`.
   * Branch on this or on the class, never on the message.
   */
  readonly code: string = this.name
    .replace(/(.)Error$/, '$1')
    .replace(/\B[A-Z]/g, '_$&')
    .toUpperCase();

  constructor(message?: string, options?: ErrorOptions) {
    super(message, options);
    // Loggers assign to it, which a getter alone would refuse.
    Object.defineProperty(this, 'name', { value: this.name, writable: true, configurable: true });
  }

  /** The class's name; it survives minifying. */
  override get name(): string {
    return 'DixaError';
  }

  /** Marks errors of this package across realms and copies. Always `true`. */
  get isDixaError(): true {
    return true;
  }

  /** Whether `value` is an error of the class this is called on, or of a subclass, from any copy of the package. */
  static is<E extends DixaError>(this: { readonly prototype: E }, value: unknown): value is E {
    if (!(value as Partial<DixaError> | null | undefined)?.isDixaError) return false;
    for (let level = value; level; level = Object.getPrototypeOf(level)) {
      if ((level as Error).name === this.prototype.name) return true;
    }
    return false;
  }
}

/** An option is wrong. Thrown when the object is made, before anything is sent. The value itself is never quoted. */
export class DixaConfigurationError extends DixaError {
  declare readonly code: 'DIXA_CONFIGURATION';

  override get name(): string {
    return 'DixaConfigurationError';
  }
}
