import { dirname, resolve } from 'node:path';
import { type Field, fieldOf, kindOf, type ObjectKind, SECTIONS } from '../check/openapi.js';
import type { Json, JsonObject, Pointer } from '../contract.js';
import { ContractError, type ContractProblem } from '../errors.js';
import { getPointer, isObject, joinPointer } from '../pointer.js';
import { type Origin, problemAt, type SourceFile, type Sources } from './files.js';
import { isData, isMappedReference, isUrl, splitReference } from './references.js';

/** A document in one piece, with every reference of the form `#/…`. */
export interface Bundle {
  readonly document: JsonObject;
  /** Where an object or a list of the document was written. */
  readonly origins: WeakMap<object, Origin>;
}

/**
 * Puts the files of a contract into one document. What a reference names in another file becomes a component, named by
 * the last segment of the reference; path items, and whatever has no section under `components`, are put in place.
 *
 * @throws ContractError naming every reference to nothing.
 */
export async function bundle(entry: string, { files, encoded }: Sources): Promise<Bundle> {
  const [only] = files.values();
  // One file is its own bundle: nothing is copied, which matters for documents of megabytes.
  if (files.size === 1 && !encoded && only !== undefined && isObject(only.value)) {
    return { document: only.value, origins: new WeakMap([[only.value, { file: only, pointer: '' }]]) };
  }
  const bundler = new Bundler(resolve(entry), files);
  const document = bundler.run();
  if (bundler.broken.length > 0) throw new ContractError('CONTRACT_INVALID', await located(bundler.broken));
  return { document, origins: bundler.origins };
}

interface BrokenReference {
  readonly origin: Origin;
  readonly message: string;
}

function located(broken: readonly BrokenReference[]): Promise<readonly ContractProblem[]> {
  return Promise.all(broken.map(({ origin, message }) => problemAt(origin, message)));
}

class Bundler {
  readonly origins = new WeakMap<object, Origin>();
  readonly broken: BrokenReference[] = [];
  readonly #files: ReadonlyMap<string, SourceFile>;
  readonly #entry: SourceFile;
  /** `file#pointer` of what was hoisted → its reference in the bundle. */
  readonly #hoisted = new Map<string, string>();
  readonly #components: Record<string, Record<string, Json>> = {};
  /** Places that are being put in place at this moment, to notice a circle. */
  readonly #open = new Set<string>();

  constructor(entry: string, files: ReadonlyMap<string, SourceFile>) {
    const file = files.get(entry);
    if (file === undefined) throw new Error(`"${entry}" was not read`);
    this.#files = files;
    this.#entry = file;
  }

  run(): JsonObject {
    const root = this.#entry.value;
    const origin = { file: this.#entry, pointer: '' };
    if (!isObject(root)) {
      this.broken.push({ origin, message: `expected an OpenAPI document, an object; received ${nameOf(root)}` });
      return {};
    }
    this.#register(root);
    const copied = this.#object(root, origin, 'document');
    const components = isObject(copied.components) ? copied.components : {};
    const merged: Record<string, Json> = { ...components };
    for (const [section, entries] of Object.entries(this.#components)) {
      const own = merged[section];
      merged[section] = { ...(isObject(own) ? own : {}), ...entries };
    }
    const document = { ...copied, ...(Object.keys(merged).length > 0 ? { components: merged } : {}) };
    this.origins.set(document, origin);
    if (merged !== components && this.origins.get(components) !== undefined) {
      this.origins.set(merged, { file: this.#entry, pointer: '/components' });
    }
    return document;
  }

  /** Components that the root takes from other files keep the names that the root gives them. */
  #register(root: JsonObject): void {
    const components = isObject(root.components) ? root.components : {};
    for (const [section, entries] of Object.entries(components)) {
      if (!isObject(entries)) continue;
      if (typeof entries.$ref === 'string') {
        const target = this.#target(entries.$ref, this.#entry);
        const value = target && getPointer(target.file.value, target.pointer);
        if (target === undefined || !isObject(value)) continue;
        for (const name of Object.keys(value)) {
          this.#hoisted.set(key(target.file, joinPointer(target.pointer, name)), `#/components/${section}/${name}`);
        }
      } else {
        for (const [name, entry] of Object.entries(entries)) {
          if (!isObject(entry) || typeof entry.$ref !== 'string' || entry.$ref.startsWith('#')) continue;
          const target = this.#target(entry.$ref, this.#entry);
          if (target !== undefined)
            this.#hoisted.set(key(target.file, target.pointer), `#/components/${section}/${name}`);
        }
      }
    }
  }

  #target(reference: string, from: SourceFile): Origin | undefined {
    const split = splitReference(reference);
    if (split === undefined) return undefined;
    const { file: name, pointer } = split;
    const path = name === '' ? from.path : resolve(dirname(from.path), name);
    const file = this.#files.get(path);
    return file === undefined ? undefined : { file, pointer: pointer === '/' ? '' : pointer };
  }

  #value(value: Json, origin: Origin, field: Field | undefined): Json {
    if (Array.isArray(value)) {
      const entry: Field | undefined = field?.is === 'list-of' ? { is: 'one', kind: field.kind } : undefined;
      const copy = value.map((item, index) => this.#value(item, at(origin, index), entry));
      this.origins.set(copy, origin);
      return copy;
    }
    if (!isObject(value)) return value;
    if (field?.is === 'map-of') return this.#map(value, origin, field.kind);
    return this.#object(value, origin, kindOf(field));
  }

  #data(value: JsonObject | readonly Json[], origin: Origin): Json {
    this.origins.set(value, origin);
    return value;
  }

  #map(value: JsonObject, origin: Origin, kind: ObjectKind): Json {
    if (typeof value.$ref === 'string' && !value.$ref.startsWith('#')) {
      const target = this.#target(value.$ref, origin.file);
      const found = target && getPointer(target.file.value, target.pointer);
      if (target === undefined || !isObject(found)) return this.#report(value.$ref, origin);
      return this.#map(found, target, kind);
    }
    const entry: Field = { is: 'one', kind };
    const copy: Record<string, Json> = {};
    for (const [name, item] of Object.entries(value)) {
      const inComponents = /^\/components\/[^/]+$/.test(origin.pointer) || origin.file !== this.#entry;
      const asComponent = inComponents && isObject(item) && this.#namedHere(item, origin, name);
      copy[name] = asComponent
        ? this.#inPlace(item, at(origin, name), kind)
        : this.#value(item, at(origin, name), entry);
    }
    this.origins.set(copy, origin);
    return copy;
  }

  /** `components.schemas.Role: {$ref: './schemas.yaml#/Role'}` is where Role lives: its content stands here. */
  #namedHere(item: JsonObject, origin: Origin, name: string): boolean {
    if (typeof item.$ref !== 'string' || item.$ref.startsWith('#')) return false;
    const target = this.#target(item.$ref, origin.file);
    return target !== undefined && this.#hoisted.get(key(target.file, target.pointer))?.endsWith(`/${name}`) === true;
  }

  #object(value: JsonObject, origin: Origin, kind: ObjectKind | undefined): JsonObject {
    if (typeof value.$ref === 'string') return this.#reference(value, value.$ref, origin, kind);
    return this.#fields(value, origin, kind);
  }

  #fields(value: JsonObject, origin: Origin, kind: ObjectKind | undefined): JsonObject {
    const copy: Record<string, Json> = {};
    for (const [name, entry] of Object.entries(value)) {
      const field = kind === undefined ? undefined : fieldOf(kind, name);
      const place = at(origin, name);
      if (typeof entry !== 'object' || entry === null) copy[name] = entry;
      else if (isData(field, name)) copy[name] = this.#data(entry, place);
      else if (kind === 'schema' && name === 'discriminator') copy[name] = this.#discriminator(entry, place);
      else copy[name] = this.#value(entry, place, field);
    }
    this.origins.set(copy, origin);
    return copy;
  }

  /** Its mapping refers to schemas without a `$ref`. */
  #discriminator(value: Json, origin: Origin): Json {
    if (!isObject(value) || !isObject(value.mapping)) return value;
    const place = at(origin, 'mapping');
    const mapping = Object.entries(value.mapping).map(([name, reference]): [string, Json] =>
      isMappedReference(reference)
        ? [name, this.#reference({}, reference, at(place, name), 'schema').$ref ?? reference]
        : [name, reference],
    );
    const copy = { ...value, mapping: Object.fromEntries(mapping) };
    this.origins.set(copy, origin);
    this.origins.set(copy.mapping, place);
    return copy;
  }

  #reference(value: JsonObject, reference: string, origin: Origin, kind: ObjectKind | undefined): JsonObject {
    if (isUrl(reference)) {
      return this.#report(
        reference,
        origin,
        'leads into the network, which is not followed; expected a file beside the contract',
      );
    }
    const target = this.#target(reference, origin.file);
    const found = target && getPointer(target.file.value, target.pointer);
    if (target === undefined || found === undefined) return this.#report(reference, origin);
    const section = kind === undefined ? undefined : SECTIONS[kind];
    if (target.file !== this.#entry && (section === undefined || kind === undefined)) {
      return this.#inPlace(value, origin, kind);
    }
    const hoisted = section !== undefined && kind !== undefined && target.file !== this.#entry;
    const $ref = hoisted ? this.#hoist(target, found, section, kind) : `#${target.pointer}`;
    const copy = { ...this.#fields(value, origin, kind), $ref };
    this.origins.set(copy, origin);
    return copy;
  }

  #inPlace(value: JsonObject, origin: Origin, kind: ObjectKind | undefined): JsonObject {
    const { $ref, ...siblings } = value;
    const target = typeof $ref === 'string' ? this.#target($ref, origin.file) : undefined;
    const found = target && getPointer(target.file.value, target.pointer);
    if (target === undefined || !isObject(found)) return this.#report(String($ref), origin);
    const id = key(target.file, target.pointer);
    if (this.#open.has(id)) {
      return this.#report(
        String($ref),
        origin,
        'leads in a circle; expected a reference that does not lead back to itself',
      );
    }
    this.#open.add(id);
    const copy = this.#object(found, target, kind);
    this.#open.delete(id);
    if (Object.keys(siblings).length === 0) return copy;
    const merged = { ...copy, ...siblings };
    this.origins.set(merged, target);
    return merged;
  }

  #hoist(target: Origin, found: Json, section: string, kind: ObjectKind): string {
    const id = key(target.file, target.pointer);
    const known = this.#hoisted.get(id);
    if (known !== undefined) return known;
    const wanted = target.pointer.split('/').at(-1) || (target.file.path.split('/').at(-1) ?? '').replace(/\.\w+$/, '');
    const taken = this.#components[section] ?? {};
    this.#components[section] = taken;
    const own = isObject(this.#entry.value) && getPointer(this.#entry.value, `/components/${section}`);
    let name = wanted;
    for (let n = 2; Object.hasOwn(taken, name) || (isObject(own) && Object.hasOwn(own, name)); n++)
      name = `${wanted}${n}`;
    const reference = `#${joinPointer('/components', section, name)}`;
    this.#hoisted.set(id, reference);
    taken[name] = null;
    taken[name] = this.#value(found, target, { is: 'one', kind });
    return reference;
  }

  #report(
    reference: string,
    origin: Origin,
    wrong = 'leads to nothing; expected a reference to something that exists',
  ) {
    this.broken.push({ origin: at(origin, '$ref'), message: `"$ref: ${reference}" ${wrong}` });
    return {};
  }
}

function at(origin: Origin, segment: string | number): Origin {
  return { file: origin.file, pointer: joinPointer(origin.pointer, segment) };
}

function key(file: SourceFile, pointer: Pointer): string {
  return `${file.path}#${pointer}`;
}

function nameOf(value: Json): string {
  return value === null ? 'nothing' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
