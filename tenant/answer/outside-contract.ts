import type { Contract } from '../../contract/contract.js';
import { isObject } from '../../contract/pointer.js';
import type { SchemaError } from '../../contract/schema/schema-validator.js';
import { Refusal } from './refusal.js';

/**
 * A request that uses something the contract leaves out: the real service may accept it, so the answer must not pass for
 * the service's. It is marked with a header and in the log.
 */
export class OutsideContract extends Refusal {
  /** What the contract leaves out: `query q`. */
  readonly what: string;

  constructor(part: 'query' | 'body', what: string, reason: string) {
    super({ kind: 'invalid', part }, { reason }, reason);
    this.what = what;
  }
}

/** The header of an answer to a request outside the contract. */
export function outsideHeader(what: string): Readonly<Record<string, string>> {
  return { 'x-rolecall-outside-contract': what.replace(/[^\x20-\x7e]/g, '?').slice(0, 200) };
}

/** The reason in the log. */
export function outsideReason(what: string): string {
  return `outside the contract: ${what}`;
}

/** The names that a closed object refuses, as paths: `app_metadata.x`. Undefined if the errors have another cause. */
export function undeclaredNames(errors: readonly SchemaError[]): string | undefined {
  const names = errors.flatMap(({ keyword, params, instancePath, schemaPath }) => {
    // Inside a variant the error only says that this variant does not fit.
    if (/\/(oneOf|anyOf)\/\d+\//.test(schemaPath)) return [];
    const name: unknown = keyword === 'additionalProperties' ? params.additionalProperty : params.unevaluatedProperty;
    return typeof name === 'string' ? [[...instancePath.split('/').slice(1), name].join('.')] : [];
  });
  return names.length === 0 ? undefined : [...new Set(names)].join(', ');
}

/** Whether a path belongs to the API of the contract, so that the service may have it. */
export function isApiPath({ serverPath }: Contract, path: string): boolean {
  return path === serverPath || path.startsWith(`${serverPath}/`);
}

/** The paths of the contract that have no operation: `/pets/search: {}`. */
export function emptyPaths({ document, serverPath }: Contract): readonly string[] {
  const { paths } = document;
  if (!isObject(paths)) return [];
  return Object.keys(paths)
    .filter((path) => isObject(paths[path]) && Object.keys(paths[path]).length === 0)
    .map((path) => `${serverPath}${path}`);
}

/**
 * Ids such as `auth0|a/b` and `https://tours.example/` need their slashes encoded, which some SDKs do not do.
 *
 * @returns advice for a path that no template matches; empty unless a segment with an id may be cut at a slash
 */
export function slashAdvice(path: string): string {
  return /(\||:|%7c|%3a)[^/]*\//i.test(path) ? ' (in an id, write "/" as %2F)' : '';
}
