/** How the samples of a language are run. */
export interface Toolchain {
  /** The key of the language. */
  readonly language: string;
  /** Commands that exit with 0 where the toolchain is there. */
  readonly needs: readonly (readonly string[])[];
  /** How to install it, for people. */
  readonly hint: string;
  /** Packages of a registry: a name for the folder, and the commands that install them there. */
  readonly packages?: { readonly name: string; readonly install: readonly (readonly string[])[] };
  /** Why it cannot send a request with this method, if it cannot. */
  readonly unable?: Readonly<Record<string, string>>;
  /** The files of all samples. */
  readonly files: (samples: readonly Runnable[], place: Place) => readonly ProgramFile[];
  /** Compiles them, in the folder of the files. */
  readonly build?: (samples: readonly Runnable[], place: Place) => readonly (readonly string[])[];
  /** The command that runs one sample, in the folder of the files. */
  readonly command: (sample: Runnable, place: Place) => readonly string[];
}

/** A sample with values in place of its placeholders. */
export interface Runnable {
  /** Counts from 0; part of names. */
  readonly index: number;
  readonly code: string;
}

/** Folders of a run. */
export interface Place {
  /** Where the packages are. */
  readonly packages: string;
  /** The generated client. */
  readonly client: string;
}

export interface ProgramFile {
  readonly path: string;
  readonly text: string;
}
