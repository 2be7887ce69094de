import type { Json, JsonObject } from '../contract.js';
import { compilePattern } from '../pattern/pattern.js';
import { translatedPattern } from '../pattern/translated-pattern.js';
import { isObject } from '../pointer.js';
import { serverUrl } from '../read/server-url.js';
import { checkEnum } from './enum-values.js';
import { type Flaw, type Mend, READABLE } from './flaw.js';
import { checkOldParameter } from './old-parameters.js';
import type { ObjectKind } from './openapi.js';
import { checkPathParameters, referred } from './path-parameters.js';
import {
  checkAdditionalOperations,
  checkMediaType,
  checkMetadataUrl,
  checkParameter,
  checkSelf,
  checkTags,
} from './rules-32.js';
import type { PointerTo } from './walk.js';

type Rule = (value: JsonObject, at: PointerTo, document: JsonObject) => readonly Flaw[];

/** What OpenAPI requires of an object beyond the type of each field. */
export const RULES: Partial<Readonly<Record<ObjectKind, Rule>>> = {
  paths: (value, at, document) => [...checkPaths(value, at), ...checkPathParameters(value, at, document)],
  responses: checkStatuses,
  'path-item': (value, at, document) => [
    ...checkRepeatedParameters(value, at, document),
    ...checkAdditionalOperations(value, at),
  ],
  document: (value, at) => [...checkSelf(value, at), ...checkTags(value.tags, at)],
  'media-type': checkMediaType,
  parameter: (value, at, document) => [...checkParameter(value, at), ...checkOldParameter(value, at, document)],
  'security-scheme': checkMetadataUrl,
  operation: checkRepeatedParameters,
  schema: (value, at) => [...checkPatterns(value, at), ...checkEnum(value, at)],
  server: checkServer,
};

function checkPaths(value: JsonObject, at: PointerTo): readonly Flaw[] {
  const known = new Map<string, string>();
  return Object.keys(value).flatMap((path): readonly Flaw[] => {
    if (path.startsWith('x-')) return [];
    if (/[{}]/.test(path.replaceAll(/\{[^{}]+\}/g, ''))) {
      const pointer = at(path);
      const message = `"${path}" has a brace without its other half; expected {name} for each parameter`;
      return [{ pointer, message, mend: (document) => document.remove(pointer), leavesOut: 'the path' }];
    }
    if (!path.startsWith('/')) {
      const pointer = at(path);
      const message = `"${path}" is not a path; expected it to begin with "/"`;
      return Object.hasOwn(value, `/${path}`)
        ? [{ pointer, message, mend: (document) => document.remove(pointer), leavesOut: 'the path' }]
        : [{ pointer, message, mend: (document) => document.rename(pointer, `/${path}`) }];
    }
    const shape = path.replaceAll(/\{[^}]*\}/g, '{}');
    const first = known.get(shape);
    known.set(shape, first ?? path);
    if (first === undefined) return [];
    const message = `"${path}" is the same path as "${first}"; put all operations under one of them`;
    return [{ pointer: at(path), message, mend: READABLE }];
  });
}

function checkStatuses(value: JsonObject, at: PointerTo): readonly Flaw[] {
  return Object.keys(value)
    .filter((status) => !/^([1-5]\d\d|[1-5]XX|default)$/.test(status) && !status.startsWith('x-'))
    .map((status) => {
      const message = `"${status}" is not a status; expected a status like 200, a range like 4XX, or default`;
      const [pointer, right] = [at(status), at(status.toUpperCase())];
      const response = value[status];
      if (!/^[1-5]xx$/i.test(status) || response === undefined) {
        return { pointer, message, mend: (document) => document.remove(pointer), leavesOut: 'the response' };
      }
      const mend: Mend = (document) => {
        document.set(right, response);
        document.remove(pointer);
      };
      return { pointer, message, mend };
    });
}

/** A list names each parameter once. An operation may repeat a parameter of its path, which replaces it. */
function checkRepeatedParameters({ parameters }: JsonObject, at: PointerTo, document: JsonObject): readonly Flaw[] {
  if (!Array.isArray(parameters) || parameters.length < 2) return [];
  const known = new Set<string>();
  return parameters.flatMap((entry: Json, index): readonly Flaw[] => {
    const parameter = referred(document, entry);
    if (!isObject(parameter) || typeof parameter.name !== 'string' || typeof parameter.in !== 'string') return [];
    const name = parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name;
    const key = `${parameter.in} ${name}`;
    if (!known.has(key)) {
      known.add(key);
      return [];
    }
    const message = `${parameter.in} parameter "${parameter.name}" is listed twice; expected once`;
    const place = at('parameters', String(index));
    return [{ pointer: place, message, mend: (document) => document.remove(place) }];
  });
}

/** Patterns that JavaScript cannot compile or reads otherwise: `pattern`, and the names under `patternProperties`. */
function checkPatterns({ pattern, patternProperties }: JsonObject, at: PointerTo): readonly Flaw[] {
  const flaws: Flaw[] = [];
  const check = (source: string, ...below: readonly string[]): void => {
    const [place, others] = [at(...below), at('additionalProperties')];
    const translated = translatedPattern(source);
    if (translated !== undefined) {
      const message = `"${source}" is in the syntax of another language; expected that of JavaScript: "${translated}"`;
      const mend: Mend = (document) =>
        below.length > 1 ? document.rename(place, translated) : document.set(place, translated);
      flaws.push({ pointer: place, message, mend });
      return;
    }
    const compiled = compilePattern(source);
    if ('pattern' in compiled) return;
    const message = `"${source}" is not a regular expression: ${compiled.wrong}; expected the syntax of JavaScript`;
    const mend: Mend = (document) => {
      document.remove(place);
      // It would refuse the names that the pattern allows.
      if (below.length > 1) document.remove(others);
    };
    flaws.push({ pointer: place, message, mend, leavesOut: 'the pattern' });
  };
  if (typeof pattern === 'string') check(pattern, 'pattern');
  if (isObject(patternProperties)) {
    for (const name of Object.keys(patternProperties)) check(name, 'patternProperties', name);
  }
  return flaws;
}

function checkServer(value: JsonObject, at: PointerTo): readonly Flaw[] {
  const address = typeof value.url === 'string' ? serverUrl(value) : undefined;
  if (address === undefined || !('wrong' in address)) return [];
  // A relative URL leads to where the document comes from, as without servers.
  const place = at('url');
  const mend: Mend = (document) => document.set(place, '/');
  return [{ pointer: place, message: address.wrong, mend, leavesOut: 'the URL' }];
}
