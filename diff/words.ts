import type { Contract, Json, JsonObject, Pointer } from '../contract/contract.js';
import { objectOr } from '../contract/json/json-value.js';
import { getPointer, isObject, joinPointer } from '../contract/pointer.js';
import { type Change, changeAt } from './change.js';

/** Compares the texts about the contract as a whole: title, description, tags, scopes. */
export function compareWords(before: Contract, after: Contract): readonly Change[] {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  return [...now].flatMap(([subject, { text: to, pointer }]) => {
    const from = old.get(subject)?.text;
    const known = old.has(subject) && (from !== undefined || to !== undefined);
    if (!known || from === to) return [];
    return [changeAt('contract-described', pointer, `${subject} changed`, { from, to })];
  });
}

interface Word {
  readonly text: Json | undefined;
  readonly pointer: Pointer;
}

function wordsOf({ document }: Contract): ReadonlyMap<string, Word> {
  const info = objectAt(document, '/info');
  const tags = Array.isArray(document.tags) ? document.tags : [];
  const schemes = objectAt(document, '/components/securitySchemes');
  return new Map<string, Word>([
    ...['title', 'summary', 'description'].map((name): [string, Word] => [
      `the contract's ${name}`,
      { text: info[name], pointer: `/info/${name}` },
    ]),
    ...tags.flatMap((tag: Json, index): [string, Word][] =>
      isObject(tag)
        ? [
            [
              `description of tag "${String(tag.name)}"`,
              { text: tag.description, pointer: `/tags/${index}/description` },
            ],
          ]
        : [],
    ),
    ...Object.keys(schemes).flatMap((scheme) => {
      const flows = joinPointer('/components/securitySchemes', scheme, 'flows');
      return Object.keys(objectAt(document, flows)).flatMap((flow) => {
        const place = joinPointer(flows, flow, 'scopes');
        return Object.entries(objectAt(document, place)).map(([scope, text]): [string, Word] => [
          `description of scope "${scope}"`,
          { text, pointer: joinPointer(place, scope) },
        ]);
      });
    }),
  ]);
}

function objectAt(document: JsonObject, pointer: Pointer): JsonObject {
  return objectOr(getPointer(document, pointer));
}
