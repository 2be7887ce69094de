/** A certificate with its key, PEM. */
export interface TlsOptions {
  readonly cert: string;
  readonly key: string;
}
