import type { GeneratedFile } from '../generated-file.js';

/** A page that is still to be emitted. */
export interface PageJob {
  emit(): GeneratedFile;
}
