import { posix } from 'node:path';
import type { Contract, Evidence, Json, JsonObject, Operation, Task } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import type { GUIDES } from '../../../contract/read/read-tasks.js';
import type { ClientPlan } from '../../client/plan.js';
import { link } from '../reference/markdown.js';
import { pagePath, titleOf } from '../reference/page-path.js';
import type { SampleOptions } from '../samples/sample.js';
import { GRADES } from '../text/grades.js';
import { Footnotes, hasSource } from './footnotes.js';

/** A guide: a page about a topic of the whole contract. */
export type GuideName = (typeof GUIDES)[number];

/** What all pages of a contract share. */
export interface PageSet {
  readonly contract: Contract;
  readonly plan: ClientPlan;
  /** The guides that the contract has facts for. */
  readonly guides: ReadonlyMap<GuideName, { readonly title: string; readonly about: string }>;
  /** The languages of samples; undefined: some that most readers know. */
  readonly samples?: SampleOptions['languages'] | undefined;
}

/** What the sections of one page share: where links start, and the sources. */
export class PageContext {
  readonly contract: Contract;
  readonly plan: ClientPlan;
  readonly samples: PageSet['samples'];
  readonly notes = new Footnotes();
  readonly #folder: string;
  readonly #guides: PageSet['guides'];
  readonly #titles = new Set<string>();

  /** @param path - of the page, relative to the output folder */
  constructor({ contract, plan, guides, samples }: PageSet, path: string) {
    this.samples = samples;
    this.contract = contract;
    this.plan = plan;
    this.#guides = guides;
    this.#folder = posix.dirname(path);
  }

  /** The ids of operations whose titles are on the page so far. */
  get titles(): readonly string[] {
    return [...this.#titles];
  }

  toOperation(operation: Operation, text?: string): string {
    if (text === undefined) this.#titles.add(operation.id);
    return link(text ?? titleOf(operation), this.#to(pagePath(this.contract, operation)));
  }

  toTask({ name, title }: Task, text = title): string {
    return link(text, this.#to(taskPath(name)));
  }

  /** A link to a guide, or only the text if the contract has no facts for it. */
  toGuide(name: GuideName, text = this.#guides.get(name)?.title ?? name): string {
    return this.#guides.has(name) ? link(text, this.#to(guidePath(name))) : text;
  }

  toIndex(text: string): string {
    return link(text, this.#to(INDEX_PATH));
  }

  /** A grade with its explanation and its source: `[recorded](guides/grades.md#recorded "…")[^1]`. Empty without a source. */
  badge(evidence: Evidence): string {
    return hasSource(evidence) ? this.grade(evidence) + this.notes.mark(evidence) : '';
  }

  /** A grade with its explanation. */
  grade({ grade }: Pick<Evidence, 'grade'>): string {
    return `[${grade}](${this.#to(guidePath('grades'))}#${grade} "${GRADES[grade].short}")`;
  }

  #to(path: string): string {
    return posix.relative(this.#folder, path);
  }
}

export const INDEX_PATH = 'docs/README.md';

export function taskPath(name: string): string {
  return `docs/tasks/${name}.md`;
}

export function guidePath(name: GuideName): string {
  return `docs/guides/${name}.md`;
}

/** Whether a document says anywhere how well a fact is known. Looked for once: a document without is read to its end. */
export function hasEvidence(document: JsonObject): boolean {
  const found = known.get(document) ?? findsEvidence(document);
  known.set(document, found);
  return found;
}

const known = new WeakMap<JsonObject, boolean>();

function findsEvidence(document: Json): boolean {
  const values: Json[] = [document];
  for (let value = values.pop(); value !== undefined; value = values.pop()) {
    if (Array.isArray(value)) values.push(...value);
    else if (isObject(value)) {
      if (isObject(value['x-evidence'])) return true;
      values.push(...Object.values(value));
    }
  }
  return false;
}
