/** The request of an operation in one language. */
export interface Sample {
  /** The key of the language, as `--samples` takes it: `curl`, `go`. */
  readonly language: string;
  /** The language for readers: `cURL`, `JavaScript (fetch)`. */
  readonly label: string;
  /** What the request does: `Remove roles from a user`. */
  readonly title: string;
  /** The name of the language in a fenced code block: `sh`, `go`. */
  readonly syntax: string;
  /** A whole program, or a command for a shell. Its first lines name the placeholders. Empty if the sample is omitted. */
  readonly code: string;
  /** Why there is no code, as a sentence. */
  readonly omitted?: string;
}

/** A value that a reader replaces before a sample runs. */
export interface Placeholder {
  /** As it stands in the samples: `USER_ID`. */
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  /** The value in the contract. */
  readonly example: string;
}

/** Which samples to write. */
export interface SampleOptions {
  /** Keys of languages, or `all`. Default: `DEFAULT_LANGUAGES`. */
  readonly languages?: readonly string[] | 'all';
}
