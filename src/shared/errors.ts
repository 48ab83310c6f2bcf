/**
 * The base of every error of this package.
 *
 * `instanceof` works within one copy of the package. {@link DixaError.is} also works across copies and realms (a bundle
 * next to `node_modules`, a worker, a test runner), and on every subclass: `DixaNotFoundError.is(error)`.
 */
export class DixaError extends Error {
  /**
   * The name of the class in constant case, without `Error`, such as `DIXA_NOT_FOUND`. It is stable: branch on this or on
   * the class, never on the message.
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

  /** The name of the class, also in minified code. */
  override get name(): string {
    return 'DixaError';
  }

  /** Marks the errors of all copies of this package, in all realms. */
  get isDixaError(): true {
    return true;
  }

  /** Whether `value` is an error of this class or of a subclass, from any copy of the package. */
  static is<E extends DixaError>(this: { readonly prototype: E }, value: unknown): value is E {
    if (!(value as Partial<DixaError> | null | undefined)?.isDixaError) return false;
    for (let level = value; level; level = Object.getPrototypeOf(level)) {
      if ((level as Error).name === this.prototype.name) return true;
    }
    return false;
  }
}

/**
 * An option is wrong. Thrown when the client or the receiver is created; a `fetch` option can be found wrong only when it
 * is called. The message never contains the value.
 */
export class DixaConfigurationError extends DixaError {
  declare readonly code: 'DIXA_CONFIGURATION';

  override get name(): string {
    return 'DixaConfigurationError';
  }
}
