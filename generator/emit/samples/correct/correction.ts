/** Puts one thing right in a snippet of the library. */
export type Correction = (code: string, facts: SnippetFacts) => string;

export interface SnippetFacts {
  /** The placeholders of the snippet. */
  readonly names: readonly string[];
  /** Whether the snippet percent-encodes one of them. */
  readonly encodes: boolean;
  /** The content type of the body, if there is one. */
  readonly bodyType?: string;
}

/**
 * Replaces a text of the library. With `if-there`, not every snippet has it.
 *
 * @throws Error if the text is missing: the library has changed, and the correction with it must
 */
export function replaced(from: string, to: string, presence: 'always' | 'if-there' = 'always'): Correction {
  return (code) => {
    if (presence === 'always' && !code.includes(from)) {
      throw new Error(`the library no longer writes ${JSON.stringify(from)}; adapt the correction to\n${code}`);
    }
    return code.replace(from, () => to);
  };
}

/** A correction for snippets that encode a placeholder. */
export function whereEncoding(correction: Correction): Correction {
  return (code, facts) => (facts.encodes ? correction(code, facts) : code);
}

/** Puts lines in front of the snippet. */
export function following(...first: readonly string[]): Correction {
  return (code) => `${first.join('\n')}\n${code}`;
}
