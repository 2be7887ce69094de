/** A file to generate. All files are computed before any is written. */
export interface GeneratedFile {
  /** Relative to the output folder, with forward slashes: `docs/users.roles.assign.md`. */
  readonly path: string;
  /** The whole text, with a newline at its end. The same contract gives the same text on every machine. */
  readonly text: string;
}
