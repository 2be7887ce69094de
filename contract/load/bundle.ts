import { dirname, resolve } from 'node:path';
import { type Field, kindOf, type ObjectKind, SECTIONS, writtenFieldOf } from '../check/openapi.js';
import type { Json, JsonObject, Pointer } from '../contract.js';
import { ContractError } from '../errors.js';
import { entriesOf, objectOr } from '../json/json-value.js';
import { getPointer, isObject, joinPointer, splitPointer } from '../pointer.js';
import { isSection, SECTIONS_OF_SWAGGER } from '../swagger/sections.js';
import { problemAt, type Sources } from './files.js';
import { Origins } from './origins.js';
import {
  isData,
  isMappedReference,
  isSchemeReference,
  isUrl,
  passedReference,
  splitReference,
  type Target,
} from './references.js';
import type { Origin, SourceFile } from './source-file.js';

/** A single document in which every reference has the form `#/…`. */
export interface Bundle {
  readonly document: JsonObject;
  /** Where an object or a list of the document was written. */
  readonly origins: Origins;
}

/**
 * Combines the files of a contract into one document. The target of a reference to another file becomes a component,
 * named by the last segment of the reference. Path items, and objects of kinds without a section in `components`, are
 * inlined.
 *
 * @throws ContractError with every reference to nothing.
 */
export async function bundle(entry: string, { files, rewritten, origins }: Sources): Promise<Bundle> {
  const [only] = files.values();
  // A single file needs no copy, which saves time for documents of megabytes.
  if (files.size === 1 && !rewritten && only !== undefined && isObject(only.value)) {
    if (origins.get(only.value) === undefined) origins.set(only.value, { file: only, pointer: '' });
    return { document: only.value, origins };
  }
  const bundler = new Bundler(resolve(entry), files, origins);
  const document = bundler.run();
  if (bundler.broken.length > 0) {
    const problems = bundler.broken.map(({ origin, message }) => problemAt(origin, message));
    throw new ContractError('CONTRACT_INVALID', await Promise.all(problems));
  }
  return { document, origins: bundler.origins };
}

interface BrokenReference {
  readonly origin: Origin;
  readonly message: string;
}

/** Objects are made from entries: assigning a property named `__proto__` would lose it. */
type Entries = readonly (readonly [string, Json])[];

/** So many references may lie on the way of one pointer: they may lead back to themselves. */
const MOST_PASSED = 20;

class Bundler {
  readonly origins = new Origins();
  readonly broken: BrokenReference[] = [];
  readonly #files: ReadonlyMap<string, SourceFile>;
  /** What an overlay has put into the root document. */
  readonly #written: Origins;
  readonly #entry: SourceFile;
  /** `file#pointer` of a hoisted component → its reference in the bundle. */
  readonly #hoisted = new Map<string, string>();
  /** Section of `components` → name → hoisted component. */
  readonly #components = new Map<string, Map<string, Json>>();
  /** The places that are being inlined, to detect a circle. */
  readonly #open = new Set<string>();

  constructor(entry: string, files: ReadonlyMap<string, SourceFile>, written: Origins) {
    const file = files.get(entry);
    if (file === undefined) throw new Error(`"${entry}" was not read`);
    this.#files = files;
    this.#written = written;
    this.#entry = file;
  }

  run(): JsonObject {
    const root = this.#entry.value;
    const origin = { file: this.#entry, pointer: '' };
    if (!isObject(root)) {
      this.broken.push({ origin, message: `expected an OpenAPI document, an object; received ${typeName(root)}` });
      return {};
    }
    this.#register(root);
    const copied = this.#object(root, origin, 'document');
    const components = isObject(copied.components) ? copied.components : {};
    const hoisted = [...this.#components].map(([section, entries]): [string, Json] => {
      const own = components[section];
      return [section, { ...(isObject(own) ? own : {}), ...Object.fromEntries(entries) }];
    });
    const merged: JsonObject = { ...components, ...Object.fromEntries(hoisted) };
    const document = { ...copied, ...(Object.keys(merged).length > 0 ? { components: merged } : {}) };
    this.origins.set(document, origin);
    if (this.origins.get(components) !== undefined) {
      this.origins.set(merged, { file: this.#entry, pointer: '/components' });
    }
    return document;
  }

  /** Components that the root document takes from other files keep the names that it gives them. */
  #register(root: JsonObject): void {
    const components = entriesOf(root.components).map(([name, map]) => [`/components/${name}`, map] as const);
    const ofSwagger = Object.values(SECTIONS_OF_SWAGGER).map((name) => [`/${name}`, root[name]] as const);
    for (const [section, entries] of [...components, ...ofSwagger]) {
      if (!isObject(entries)) continue;
      if (typeof entries.$ref === 'string') this.#registerSection(section, entries.$ref);
      else {
        for (const [name, entry] of Object.entries(entries)) {
          if (!isObject(entry) || typeof entry.$ref !== 'string' || entry.$ref.startsWith('#')) continue;
          const target = this.#target(entry.$ref, this.#entry);
          if (target !== undefined) this.#hoisted.set(key(target.file, target.pointer), `#${section}/${name}`);
        }
      }
    }
  }

  #registerSection(section: Pointer, reference: string): void {
    const target = this.#target(reference, this.#entry);
    const value = target && getPointer(target.file.value, target.pointer);
    if (target === undefined || !isObject(value)) return;
    for (const name of Object.keys(value)) {
      this.#hoisted.set(key(target.file, joinPointer(target.pointer, name)), `#${section}/${name}`);
    }
  }

  #target(reference: string, from: SourceFile): Origin | undefined {
    const split = splitReference(reference);
    if (split === undefined) return undefined;
    return this.#targetOf(split, from, 0);
  }

  #targetOf({ file: name, pointer: written }: Target, from: SourceFile, passed: number): Origin | undefined {
    const path = name === '' ? from.path : resolve(dirname(from.path), name);
    const file = this.#files.get(path);
    if (file === undefined) return undefined;
    const pointer = written === '/' ? '' : written;
    const next = passed < MOST_PASSED ? passedReference(file.value, pointer) : undefined;
    return next === undefined ? { file, pointer } : this.#targetOf(next, file, passed + 1);
  }

  #value(value: Json, origin: Origin, field: Field | undefined): Json {
    if (Array.isArray(value)) {
      const entry: Field | undefined = field?.is === 'list-of' ? { is: 'one', kind: field.kind } : undefined;
      const copy = value.map((item, index) => this.#value(item, at(origin, index), entry));
      this.#keep(value, copy, origin);
      return copy;
    }
    if (!isObject(value)) return value;
    if (field?.is === 'map-of') return this.#map(value, origin, field.kind);
    const kind = kindOf(field);
    return (kind === undefined ? this.#text(value, origin) : undefined) ?? this.#object(value, origin, kind);
  }

  /** The text that a reference stands for, where OpenAPI has no object: a description in another file. */
  #text(value: JsonObject, { file }: Origin): Json | undefined {
    const target = typeof value.$ref === 'string' ? this.#target(value.$ref, file) : undefined;
    const found = target && getPointer(target.file.value, target.pointer);
    return isObject(found) ? undefined : found;
  }

  #map(value: JsonObject, origin: Origin, kind: ObjectKind): Json {
    if (typeof value.$ref === 'string') {
      const target = this.#target(value.$ref, origin.file);
      const found = target && getPointer(target.file.value, target.pointer);
      if (target !== undefined && isObject(found)) return this.#mapOf(target, found, kind) ?? value;
      this.#keep(value, value, origin);
      return value;
    }
    const entry: Field = { is: 'one', kind };
    const inComponents = isSection(origin.pointer) || origin.file !== this.#entry;
    const copied = Object.entries(value).map(([name, item]): [string, Json] => {
      const asComponent = inComponents && isObject(item) && this.#namedHere(item, origin, name);
      const place = at(origin, name);
      return [name, asComponent ? this.#inline(item, place, kind) : this.#value(item, place, entry)];
    });
    return this.#made(copied, origin, value);
  }

  /** The map that a reference stands for: `content: {$ref: '#/components/contents/pets'}`. None if it leads to itself. */
  #mapOf(target: Origin, found: JsonObject, kind: ObjectKind): Json | undefined {
    const id = key(target.file, target.pointer);
    if (this.#open.has(id)) return undefined;
    this.#open.add(id);
    const copy = this.#map(found, target, kind);
    this.#open.delete(id);
    return copy;
  }

  /** `components.schemas.Role: {$ref: './schemas.yaml#/Role'}` defines the component Role: its content goes here. */
  #namedHere(item: JsonObject, origin: Origin, name: string): boolean {
    if (typeof item.$ref !== 'string' || item.$ref.startsWith('#')) return false;
    const target = this.#target(item.$ref, origin.file);
    return target !== undefined && this.#hoisted.get(key(target.file, target.pointer))?.endsWith(`/${name}`) === true;
  }

  #object(value: JsonObject, origin: Origin, kind: ObjectKind | undefined): JsonObject {
    if (typeof value.$ref === 'string') return this.#reference(value, value.$ref, { origin, kind });
    return this.#fields(value, origin, kind);
  }

  #fields(value: JsonObject, origin: Origin, kind: ObjectKind | undefined): JsonObject {
    const copied = Object.entries(value).map(([name, entry]): [string, Json] => {
      const field = kind === undefined ? undefined : writtenFieldOf(kind, name);
      const place = at(origin, name);
      if (typeof entry !== 'object' || entry === null) return [name, entry];
      if (isData(field, name)) {
        this.origins.set(entry, place);
        return [name, entry];
      }
      if (field?.is === 'security') return [name, this.#security(entry, place)];
      if (kind === 'schema' && name === 'discriminator') return [name, this.#discriminator(entry, place)];
      return [name, this.#value(entry, place, field)];
    });
    return this.#made(copied, origin, value);
  }

  #made(entries: Entries, origin: Origin, from?: object): JsonObject {
    const made: JsonObject = Object.fromEntries(entries);
    this.#keep(from, made, origin);
    return made;
  }

  /** A copy was written at a place of a file, unless an overlay has put the original there. */
  #keep(from: object | undefined, to: object, origin: Origin): void {
    this.origins.set(to, origin);
    if (from !== undefined) this.#written.copyTo(this.origins, from, to);
  }

  /** Names of security schemes that are references to other files become the names of components. */
  #security(value: Json, origin: Origin): Json {
    if (!Array.isArray(value)) return value;
    const copy = value.map((requirement, index) => {
      const place = at(origin, index);
      if (!isObject(requirement)) return requirement;
      const entries = Object.entries(requirement).map(([name, scopes]): [string, Json] => {
        if (!isSchemeReference(name)) return [name, scopes];
        const { $ref } = this.#reference({}, name, { origin: at(place, name), kind: 'security-scheme' });
        return [typeof $ref === 'string' ? (splitPointer($ref.slice(1)).at(-1) ?? name) : name, scopes];
      });
      return this.#made(entries, place);
    });
    this.origins.set(copy, origin);
    return copy;
  }

  /** Its mapping refers to schemas without a `$ref`. */
  #discriminator(value: Json, origin: Origin): Json {
    if (!isObject(value) || !isObject(value.mapping)) return value;
    const place = at(origin, 'mapping');
    const mapping = Object.entries(value.mapping).map(([name, reference]): [string, Json] =>
      isMappedReference(reference)
        ? [name, this.#reference({}, reference, { origin: at(place, name), kind: 'schema' }).$ref ?? reference]
        : [name, reference],
    );
    const copy = { ...value, mapping: this.#made(mapping, place) };
    this.origins.set(copy, origin);
    return copy;
  }

  #reference(value: JsonObject, reference: string, { origin, kind }: Site): JsonObject {
    const target = isUrl(reference) ? undefined : this.#target(reference, origin.file);
    const found = target && getPointer(target.file.value, target.pointer);
    // Stays as it is: whether a document is readable without what it refers to is for the check of its structure to say.
    if (target === undefined || found === undefined) return this.#fields(value, origin, kind);
    const section = kind === undefined ? undefined : SECTIONS[kind];
    if (target.file !== this.#entry && (section === undefined || kind === undefined)) {
      return this.#inline(value, origin, kind);
    }
    const hoisted = section !== undefined && kind !== undefined && target.file !== this.#entry;
    const $ref = hoisted ? this.#hoist(target, found, section, kind) : `#${target.pointer}`;
    const copy = { ...this.#fields(value, origin, kind), $ref };
    this.#keep(value, copy, origin);
    return copy;
  }

  #inline(value: JsonObject, origin: Origin, kind: ObjectKind | undefined): JsonObject {
    const { $ref, ...siblings } = value;
    const target = typeof $ref === 'string' ? this.#target($ref, origin.file) : undefined;
    const found = target && getPointer(target.file.value, target.pointer);
    if (target === undefined || !isObject(found)) return this.#fields(value, origin, kind);
    const id = key(target.file, target.pointer);
    if (this.#open.has(id)) {
      const message = `"$ref: ${$ref}" is circular; expected a reference that does not lead back to itself`;
      this.broken.push({ origin: at(origin, '$ref'), message });
      return {};
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
    const name = this.#freeName(target, section);
    const reference = `#${joinPointer('/components', section, name)}`;
    // Before its content is copied, since it may refer to itself.
    this.#hoisted.set(id, reference);
    const components = this.#components.get(section) ?? new Map<string, Json>();
    this.#components.set(section, components.set(name, null));
    components.set(name, this.#value(found, target, { is: 'one', kind }));
    return reference;
  }

  /** The last segment of the pointer, or the name of the file, with a number if it is taken. */
  #freeName({ file, pointer }: Origin, section: string): string {
    const wanted = pointer.split('/').at(-1) || (file.path.split('/').at(-1) ?? '').replace(/\.\w+$/, '');
    const hoisted = this.#components.get(section);
    const own = sectionsOf(this.#entry.value, section);
    const isTaken = (name: string) => hoisted?.has(name) === true || own.some((names) => Object.hasOwn(names, name));
    let name = wanted;
    for (let n = 2; isTaken(name); n++) name = `${wanted}${n}`;
    return name;
  }
}

/** The section of a document, and the one that becomes it if the document is Swagger 2.0. */
function sectionsOf(document: Json, section: string): readonly JsonObject[] {
  const pointers = [
    `/components/${section}`,
    ...Object.entries(SECTIONS_OF_SWAGGER).flatMap(([name, written]) => (name === section ? [`/${written}`] : [])),
  ];
  return pointers.map((pointer) => objectOr(getPointer(document, pointer)));
}

/** Where a reference is written, and the kind of object expected there. */
interface Site {
  readonly origin: Origin;
  readonly kind: ObjectKind | undefined;
}

function at(origin: Origin, segment: string | number): Origin {
  return { file: origin.file, pointer: joinPointer(origin.pointer, segment) };
}

function key(file: SourceFile, pointer: Pointer): string {
  return `${file.path}#${pointer}`;
}

function typeName(value: Json): string {
  return value === null ? 'nothing' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
