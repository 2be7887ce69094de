import type { Contract, Json, JsonObject } from '../../contract/contract.js';
import { entriesOf, objectOr } from '../../contract/json/json-value.js';
import { isObject } from '../../contract/pointer.js';
import { buildContract } from '../../contract/read/read.js';
import { isCredentialHeader, isSecretName } from '../../contract/secrets/secret-name.js';
import { RunError } from '../errors.js';
import type { PlannedRequest } from './request.js';

/** Headers that a user wants with every request, by lower-case name. */
export type GivenHeaders = Readonly<Record<string, string>>;

/** A run sets these itself, each with the option that decides about it. */
const OWN: ReadonlyMap<string, string> = new Map([
  ['authorization', 'pass --token'],
  ...['accept', 'connection', 'content-length', 'content-type', 'expect', 'host', 'transfer-encoding'].map(
    (name) => [name, 'leave it out'] as const,
  ),
]);

/** Headers as typed: `X-Org-Id: 7`. @throws RunError on what is no header, or one that a run sets itself */
export function readHeaders(texts: readonly string[]): GivenHeaders {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):[ \t]*([\x20-\x7e\x80-\xff]*?)[ \t]*$/.exec(text) ?? [];
      // What is no header may still be a secret: it is not shown.
      if (name === undefined || value === undefined)
        throw new RunError('BAD_OPTION', '--header is not valid; expected "NAME: VALUE" with printable characters.');
      const advice = OWN.get(name.toLowerCase());
      if (advice !== undefined)
        throw new RunError('BAD_OPTION', `--header "${name}" is a header that a run sets itself; ${advice}.`);
      return [name.toLowerCase(), value];
    }),
  );
}

/** The name under which a header is masked, `$X_API_KEY`; undefined for one that holds no secret by its name. */
export function maskOf(name: string): string | undefined {
  const plain = name.replaceAll(/[^a-z0-9]+/gi, '_');
  const isHidden = isCredentialHeader(name) || isSecretName(plain) || /(^|_)(key|token|auth|signature)$/i.test(plain);
  return isHidden ? `$${plain.toUpperCase()}` : undefined;
}

/** A request with the headers; its own are stronger. */
export function withHeaders(request: PlannedRequest, headers: GivenHeaders = {}): PlannedRequest {
  return Object.keys(headers).length === 0 ? request : { ...request, headers: { ...headers, ...request.headers } };
}

/**
 * A contract without parameters and credentials in these headers: as they are sent with every request, there is nothing
 * else to try.
 */
export function withoutHeaders(contract: Contract, headers: GivenHeaders): Contract {
  if (Object.keys(headers).length === 0) return contract;
  const { document } = contract;
  const components = objectOr(document.components);
  const isGiven = (value: Json): boolean => {
    const { in: place, name } = isObject(value) ? contract.resolve(value) : {};
    return place === 'header' && Object.hasOwn(headers, String(name).toLowerCase());
  };
  const schemes = new Set(
    entriesOf(components.securitySchemes).flatMap(([name, value]) => (isGiven(value) ? [name] : [])),
  );
  const without = (part: JsonObject): JsonObject => ({
    ...part,
    ...(Array.isArray(part.parameters) && { parameters: part.parameters.filter((each: Json) => !isGiven(each)) }),
    ...(Array.isArray(part.security) && {
      security: part.security.map((each: Json) =>
        Object.fromEntries(entriesOf(each).filter(([name]) => !schemes.has(name))),
      ),
    }),
  });
  const ofItems = (items: Json | undefined): JsonObject =>
    Object.fromEntries(
      entriesOf(items).map(([path, item]): [string, Json] => [path, isObject(item) ? ofItem(item) : item]),
    );
  const ofItem = (item: JsonObject): JsonObject =>
    without(
      Object.fromEntries(
        Object.entries(item).map(([name, part]): [string, Json] => [name, isObject(part) ? without(part) : part]),
      ),
    );
  return buildContract({
    ...without(document),
    paths: ofItems(document.paths),
    ...(components.pathItems !== undefined && {
      components: { ...components, pathItems: ofItems(components.pathItems) },
    }),
  });
}
