import { closestWord } from '../../contract/check/closest-word.js';
import type { Check } from '../check.js';
import { RunError } from '../errors.js';
import type { Family } from './finding.js';
import { codeOfCheck, type Explanation, FINDING_CODES, ROOT_CODES } from './finding-codes.js';

/** What to change for findings of a check, by its family. */
const REMEDIES: Readonly<Record<Family, string>> = {
  'status-and-shape': 'Answer as the contract documents: status, body and headers.',
  input: 'Validate the request before it has an effect, and answer with the documented refusal.',
  authentication: 'Verify signature, algorithm, expiry, audience and issuer of every token, and answer 401 otherwise.',
  scopes: 'Require exactly the scopes that the contract lists for the operation; any one alternative is enough.',
  limits: 'Enforce the documented limit: accept what is within it, and refuse what is beyond without an effect.',
  state: 'Make reads show what writes did: all of it, at once, and nothing else.',
  protocol: 'Handle methods, paths and bodies as HTTP requires, also those that no client should send.',
  client: 'If the target answers as documented, report a defect of the generated client; otherwise correct the answer.',
};

/** Explains codes of findings. */
export class Explanations {
  readonly #explanations: ReadonlyMap<string, Explanation>;

  constructor(checks: readonly Check[]) {
    this.#explanations = new Map<string, Explanation>([
      ...Object.entries(FINDING_CODES),
      ...Object.entries(ROOT_CODES),
      ...checks.map((check): [string, Explanation] => [codeOfCheck(check.id), explanationOf(check)]),
    ]);
  }

  /** All codes: those of single answers, then those of checks. */
  get codes(): readonly string[] {
    return [...this.#explanations.keys()];
  }

  /** The explanation as text. @throws RunError on an unknown code */
  format(code: string): string {
    const wanted = code.toUpperCase().replaceAll('-', '_');
    const explanation = this.#explanations.get(wanted);
    if (explanation === undefined) {
      const near = closestWord(wanted, this.codes);
      const expected = near === undefined ? 'the code of a finding' : `one such as "${near}"`;
      const help = near === undefined ? '; node_modules/rolecall/docs/errors.md lists codes of errors' : '';
      throw new RunError('BAD_OPTION', `unknown code "${code}"; expected ${expected} (rolecall explain)${help}.`);
    }
    const { title, meaning, confirm, remedy } = explanation;
    return `${wanted}: ${sentence(title)}\n\n${meaning}\n\nConfirm: ${confirm}\nFix:     ${remedy}\n`;
  }

  /** All codes with their titles. */
  list(): string {
    const width = Math.max(...this.codes.map((code) => code.length));
    return [...this.#explanations].map(([code, { title }]) => `${code.padEnd(width)}  ${sentence(title)}\n`).join('');
  }
}

/** Titles of findings complete a sentence on the terminal; here they stand alone. */
function sentence(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}

function explanationOf({ title, description, family }: Check): Explanation {
  return {
    title,
    meaning: description,
    confirm: 'Run the replay line of the finding; its curl commands show the same step by step.',
    remedy: REMEDIES[family],
  };
}
