import type { Flaw } from '../check/flaw.js';
import type { JsonObject, Pointer } from '../contract.js';
import { getPointer, splitPointer } from '../pointer.js';
import { SECTIONS_OF_SWAGGER } from './sections.js';

const SECTIONS: ReadonlyMap<string, string> = new Map(Object.entries(SECTIONS_OF_SWAGGER));

const REFERENCE = new RegExp(`#(/components/(${[...SECTIONS.keys()].join('|')})(/[^\\s",;]+))`, 'g');

/** Where parameters are. */
const PLACES_OF_30 = '"in" expected one of path, query, header, cookie, querystring,';
const PLACES = '"in" expected one of path, query, header, formData, body,';

/**
 * The message of a flaw in the words of the document of Swagger 2.0 that was converted: its sections have other names.
 *
 * @param written - the document before its conversion, to which an overlay may have added components
 */
export function inWordsOfSwagger({ message, pointer }: Flaw, written: JsonObject): string {
  const referring = message.replace(REFERENCE, (all: string, place: Pointer, section: string, rest: string) =>
    has(written, place) ? all : `#/${SECTIONS.get(section)}${rest}`,
  );
  const [top, section = '', ...rest] = splitPointer(pointer);
  if (message.startsWith(PLACES_OF_30)) return message.replace(PLACES_OF_30, PLACES);
  const own = SECTIONS.get(section);
  if (top !== 'components' || own === undefined || rest.length > 1 || has(written, pointer)) return referring;
  // Of the section itself, or of an entry of it.
  return referring.replace(`"${section}" expected`, () => `"${own}" expected`);
}

function has(document: JsonObject, pointer: Pointer): boolean {
  return getPointer(document, pointer) !== undefined;
}
