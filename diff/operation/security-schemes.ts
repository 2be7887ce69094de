import { isDeepStrictEqual } from 'node:util';
import type { Contract, Json } from '../../contract/contract.js';
import { isObject, joinPointer } from '../../contract/pointer.js';
import { securitySchemeNames, securitySchemeOf } from '../../contract/security-schemes.js';
import { type Change, changeAt } from '../change.js';
import { describeChange } from '../report/wording.js';

/** The fields of a security scheme that change how requests authenticate. */
const FIELDS = ['type', 'scheme', 'in', 'name', 'openIdConnectUrl'];

/** Compares the schemes in both contracts; another scheme at an operation is a change of that operation. */
export function compareSecuritySchemes(before: Contract, after: Contract): readonly Change[] {
  const old = schemesOf(before);
  return Object.entries(schemesOf(after)).flatMap(([name, scheme]) => {
    const known = old[name];
    if (!isObject(known) || !isObject(scheme)) return [];
    const pointer = joinPointer('/components/securitySchemes', name);
    const fields = [
      ...FIELDS.map((field): Field => ({ field, path: [field], from: known[field], to: scheme[field] })),
      ...tokenUrls(known, scheme),
    ];
    return fields.flatMap(({ field, path, from, to }) =>
      from === to
        ? []
        : [
            changeAt(
              'security-scheme-changed',
              joinPointer(pointer, ...path),
              describeChange(`${field} of security scheme "${name}"`, from, to),
              { from, to },
            ),
          ],
    );
  });
}

/**
 * New name → old name of renamed schemes that are otherwise equal: the name is not part of requests.
 */
export function renamedSchemes(before: Contract, after: Contract): ReadonlyMap<string, string> {
  const [old, now] = [schemesOf(before), schemesOf(after)];
  const removed = Object.keys(old).filter((name) => !Object.hasOwn(now, name));
  const added = Object.keys(now).filter((name) => !Object.hasOwn(old, name));
  return new Map(
    added.flatMap((name) => {
      const known = removed.find((other) => isDeepStrictEqual(bare(old[other]), bare(now[name])));
      return known === undefined ? [] : [[name, known]];
    }),
  );
}

function bare(scheme: Json | undefined): Json {
  const { description: _, ...rest } = isObject(scheme) ? scheme : {};
  return rest;
}

interface Field {
  readonly field: string;
  readonly path: readonly string[];
  readonly from: Json | undefined;
  readonly to: Json | undefined;
}

/** The token URL of each flow in both. */
function tokenUrls(
  before: { readonly [key: string]: Json },
  after: { readonly [key: string]: Json },
): readonly Field[] {
  const [old, now] = [before.flows, after.flows];
  if (!isObject(old) || !isObject(now)) return [];
  return Object.entries(now).flatMap(([flow, value]) => {
    const known = old[flow];
    if (!isObject(known) || !isObject(value)) return [];
    return [
      {
        field: `tokenUrl of flow ${flow}`,
        path: ['flows', flow, 'tokenUrl'],
        from: known.tokenUrl,
        to: value.tokenUrl,
      },
    ];
  });
}

function schemesOf(contract: Contract): { readonly [key: string]: Json } {
  return Object.fromEntries(securitySchemeNames(contract).map((name) => [name, securitySchemeOf(contract, name)]));
}
