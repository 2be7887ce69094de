import { isDeepStrictEqual } from 'node:util';
import type { Contract, Json } from '../../contract/contract.js';
import { isObject, joinPointer } from '../../contract/pointer.js';
import { type Finding, finding } from '../change.js';
import { changed } from '../report/wording.js';

/** What of a security scheme decides how a request authenticates. */
const FIELDS = ['type', 'scheme', 'in', 'name', 'openIdConnectUrl'];

/** Compares the schemes that both contracts have; that an operation asks for another scheme is the operation's change. */
export function compareSecuritySchemes(before: Contract, after: Contract): readonly Finding[] {
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
            finding(
              'security-scheme-changed',
              joinPointer(pointer, ...path),
              changed(`${field} of security scheme "${name}"`, from, to),
              { from, to },
            ),
          ],
    );
  });
}

/**
 * New name → old name of the schemes that are called otherwise and say the same: whoever authenticates does not see
 * the name.
 */
export function renamedSchemes(before: Contract, after: Contract): ReadonlyMap<string, string> {
  const [old, now] = [schemesOf(before), schemesOf(after)];
  const gone = Object.keys(old).filter((name) => !Object.hasOwn(now, name));
  const come = Object.keys(now).filter((name) => !Object.hasOwn(old, name));
  return new Map(
    come.flatMap((name) => {
      const known = gone.find((other) => isDeepStrictEqual(bare(old[other]), bare(now[name])));
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

/** Where each flow that both have gets its tokens. */
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

function schemesOf({ document }: Contract): { readonly [key: string]: Json } {
  const components = isObject(document.components) ? document.components : {};
  return isObject(components.securitySchemes) ? components.securitySchemes : {};
}
