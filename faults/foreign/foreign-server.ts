import type { Handle } from './rest-server.js';

/** A public document, a server written for it by hand, and faults that can be planted in it. */
export interface ForeignServer {
  /** In the folder of public documents. */
  readonly document: string;
  readonly faults: readonly string[];
  readonly create: (fault?: string) => Handle;
}
