/** A file that the generator wants to exist: computed in full before anything is written. */
export interface GeneratedFile {
  /** Relative to the output folder, with forward slashes: `docs/users.roles.assign.md`. */
  readonly path: string;
  /** The whole text, ending in a newline. The same contract gives the same text on every machine. */
  readonly text: string;
}
