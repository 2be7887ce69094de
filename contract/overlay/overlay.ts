import { closestWord } from '../check/closest-word.js';
import type { Json, JsonObject, Pointer } from '../json/json.js';
import { isObject } from '../pointer.js';
import { compileJsonPath, type JsonPath } from './json-path.js';

/** One change of a document. */
export interface OverlayAction {
  /** As it is written. */
  readonly target: string;
  readonly select: JsonPath;
  /** What it does to each selected value. */
  readonly change:
    | { readonly kind: 'remove' }
    | { readonly kind: 'update'; readonly value: Json }
    | { readonly kind: 'copy'; readonly from: string; readonly select: JsonPath };
  /** Its place in the overlay. */
  readonly pointer: Pointer;
}

/** A problem of an overlay, at a place of it. */
export interface OverlayProblem {
  readonly pointer: Pointer;
  readonly message: string;
}

/** An overlay that was read. */
export interface Overlay {
  readonly actions: readonly OverlayAction[];
  /** Make the overlay unusable. */
  readonly problems: readonly OverlayProblem[];
  readonly warnings: readonly OverlayProblem[];
}

const FIELDS = ['overlay', 'info', 'extends', 'actions'];
const ACTION_FIELDS = ['target', 'description', 'update', 'copy', 'remove'];

/**
 * Reads an overlay.
 *
 * @see https://spec.openapis.org/overlay/v1.1.0.html
 */
export async function readOverlay(document: Json): Promise<Overlay> {
  const reader = new OverlayReader();
  await reader.read(document);
  return reader;
}

class OverlayReader implements Overlay {
  readonly actions: OverlayAction[] = [];
  readonly problems: OverlayProblem[] = [];
  readonly warnings: OverlayProblem[] = [];

  async read(document: Json): Promise<void> {
    if (!isObject(document)) return this.#refuse('', `expected an overlay, an object; received ${nameOf(document)}`);
    const { overlay, info, actions } = document;
    if (overlay === undefined && (document.openapi ?? document.swagger) !== undefined) {
      return this.#refuse('', 'this is an OpenAPI document; expected an overlay, which has "overlay: 1.0.0"');
    }
    if (typeof overlay !== 'string' || !/^1\.[01]\.\d+(-.+)?$/.test(overlay)) {
      return this.#refuse('/overlay', `"overlay" expected version 1.0.x or 1.1.x, received ${shown(overlay)}`);
    }
    this.#warnOfFields(document, FIELDS, '');
    for (const name of ['title', 'version']) {
      if (typeof (isObject(info) ? info[name] : undefined) === 'string') continue;
      this.warnings.push({ pointer: '/info', message: `missing "${name}"; the info of an overlay requires it` });
    }
    if (!Array.isArray(actions))
      return this.#refuse('/actions', `"actions" expected a list, received ${shown(actions)}`);
    if (actions.length === 0) return this.#refuse('/actions', '"actions" is empty; expected at least one action');
    for (const [index, action] of actions.entries()) await this.#readAction(action, `/actions/${index}`);
  }

  async #readAction(action: Json, pointer: Pointer): Promise<void> {
    if (!isObject(action)) return this.#refuse(pointer, `expected an action, an object; received ${shown(action)}`);
    this.#warnOfFields(action, ACTION_FIELDS, pointer);
    const { target, update, copy, remove } = action;
    if (typeof target !== 'string') {
      return this.#refuse(pointer, `"target" expected a JSONPath query, received ${shown(target)}`);
    }
    if (remove !== undefined && typeof remove !== 'boolean') {
      return this.#refuse(`${pointer}/remove`, `"remove" expected a boolean, received ${shown(remove)}`);
    }
    const select = await this.#compile(target, `${pointer}/target`);
    if (select === undefined) return;
    if (remove === true) this.actions.push({ target, select, change: { kind: 'remove' }, pointer });
    else if (copy !== undefined) await this.#readCopy(copy, { target, select, pointer });
    else if (update !== undefined) {
      this.actions.push({ target, select, change: { kind: 'update', value: update }, pointer });
    } else this.#refuse(pointer, 'the action does nothing; expected "update", "copy" or "remove: true"');
  }

  async #readCopy(copy: Json, action: Omit<OverlayAction, 'change'>): Promise<void> {
    const place = `${action.pointer}/copy`;
    if (typeof copy !== 'string')
      return this.#refuse(place, `"copy" expected a JSONPath query, received ${shown(copy)}`);
    const select = await this.#compile(copy, place);
    if (select !== undefined) this.actions.push({ ...action, change: { kind: 'copy', from: copy, select } });
  }

  async #compile(query: string, pointer: Pointer): Promise<JsonPath | undefined> {
    const compiled = await compileJsonPath(query);
    if ('path' in compiled) return compiled.path;
    this.#refuse(pointer, `${JSON.stringify(query)} is not JSONPath (RFC 9535): ${compiled.wrong}`);
    return undefined;
  }

  #warnOfFields(value: JsonObject, known: readonly string[], pointer: Pointer): void {
    for (const name of Object.keys(value)) {
      if (name.startsWith('x-') || known.includes(name)) continue;
      const closest = closestWord(name, known);
      const advice = closest === undefined ? `expected one of ${known.join(', ')}` : `did you mean "${closest}"?`;
      this.warnings.push({ pointer: `${pointer}/${name}`, message: `unknown field "${name}"; ${advice}` });
    }
  }

  #refuse(pointer: Pointer, message: string): void {
    this.problems.push({ pointer, message });
  }
}

/** A value as a message shows it. */
export function shown(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? JSON.stringify(value) : nameOf(value);
}

export function nameOf(value: Json | undefined): string {
  if (value === undefined || value === null) return value === null ? 'null' : 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
