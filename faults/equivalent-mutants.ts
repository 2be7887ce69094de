import type { AST } from '@eslint-community/regexpp';
import { RegExpParser } from '@eslint-community/regexpp';
import type { Contract, Json, Operation, Parameter, Schema, SecurityAlternative } from '../contract/contract.js';

/**
 * Which changes of a contract cannot be observed: a server of the changed contract answers every request as one of the
 * original, because other facts of the contract say the same, or within what the contract leaves open. Each function
 * returns the reason, or nothing where a request can show the change.
 */

type Alternative = Pick<SecurityAlternative, 'scopes' | 'disputed'>;

/**
 * A change of scopes is hidden where no set of scopes is certainly accepted by the one and refused by the other: a
 * disputed alternative leaves open whether the tokens that only it accepts are accepted.
 */
export function hiddenScopes(original: readonly Alternative[], changed: readonly Alternative[]): string | undefined {
  const all = [...new Set([...original, ...changed].flatMap(({ scopes }) => scopes))];
  for (let set = 0; set < 2 ** all.length; set += 1) {
    const held = new Set(all.filter((_scope, index) => (set >> index) % 2 === 1));
    const accepts = (alternatives: readonly Alternative[]): boolean =>
      alternatives.some(({ scopes }) => scopes.every((scope) => held.has(scope)));
    const isCertain = accepts(original) === accepts(original.filter(({ disputed }) => !disputed));
    if (isCertain && accepts(original) !== accepts(changed)) return undefined;
  }
  return 'disputed alternatives decide on the same tokens';
}

/** A property that a create may leave out by the change, but that something else in the contract wants. */
export function wantedAnyway(contract: Contract, { effect, responses }: Operation, name: string): string | undefined {
  if (effect?.kind !== 'create') return undefined;
  const resource = contract.resources.get(effect.target);
  const isUnique = resource?.unique.some((group) => group.includes(name) && !resource.optionalInUnique.has(name));
  if (isUnique === true) return 'a resource without its unique property is refused';
  const isShown = responses
    .filter(({ status }) => status.startsWith('2'))
    .flatMap(({ content }) => content)
    .some(({ schema }) => isRequiredIn(contract, schema, name));
  return isShown ? 'the response requires the property, and only the client writes it' : undefined;
}

function isRequiredIn(contract: Contract, given: Schema, name: string): boolean {
  const schema = contract.resolve(given);
  const { properties, required } = schema;
  const property = isRecord(properties) ? properties[name] : undefined;
  if (!Array.isArray(required) || !required.includes(name) || !isRecord(property)) return false;
  return contract.valueOf(property) === undefined && contract.resolve(property).readOnly !== true;
}

function isRecord(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A length that a pattern beside it limits to the same, or to less. */
export function limitedByPattern(
  { pattern }: Readonly<Record<string, Json>>,
  { key, limit, value }: { readonly key: string; readonly limit: number; readonly value: number },
): string | undefined {
  if (typeof pattern !== 'string') return undefined;
  const lengths = lengthsOf(pattern);
  const isHidden =
    (key === 'maxLength' && value > limit && lengths.max <= limit) ||
    (key === 'minLength' && value < limit && lengths.min >= limit);
  return isHidden ? 'the pattern limits the length as well' : undefined;
}

/**
 * The length of a cursor: the service chooses its cursors, and refuses an invented one of any length as an invalid query.
 */
export function invalidAnyway({ query }: Pick<Parameter, 'query'>, { responses }: Operation): string | undefined {
  if (query?.kind !== 'cursor') return undefined;
  const causes = responses.flatMap(({ problems }) => problems).filter(({ when }) => isOfQuery(when));
  return new Set(causes.map(({ name }) => name)).size <= 1
    ? 'an invented cursor is refused in the same way, whatever its length'
    : undefined;
}

function isOfQuery(when: { readonly kind: string; readonly part?: string }): boolean {
  return when.kind === 'beyond' || (when.kind === 'invalid' && when.part === 'query');
}

/** A status of which every problem is one that no request to this contract causes. */
export function neverCaused({ responses }: Operation, status: string): string | undefined {
  const causes = responses.filter((response) => response.status === status).flatMap(({ problems }) => problems);
  const reasons = causes.flatMap(({ when }) => (when.kind === 'never' ? [when.reason] : []));
  return causes.length > 0 && reasons.length === causes.length
    ? `no request causes it: ${reasons.join('; ')}`
    : undefined;
}

interface Lengths {
  readonly min: number;
  readonly max: number;
}

/** The lengths of the texts that match a pattern, in characters; without anchors the longest is unlimited. */
export function lengthsOf(pattern: string): Lengths {
  const { alternatives } = new RegExpParser().parsePattern(pattern);
  return union(
    alternatives.map(({ elements }) => {
      const { min, max } = sum(elements.map(elementLengths));
      const [first] = elements;
      const last = elements.at(-1);
      const isWhole = isEdge(first, 'start') && isEdge(last, 'end');
      return { min, max: isWhole ? max : Number.POSITIVE_INFINITY };
    }),
  );
}

function isEdge(element: AST.Element | undefined, kind: 'start' | 'end'): boolean {
  return element?.type === 'Assertion' && element.kind === kind;
}

const UNLIMITED: Lengths = { min: 0, max: Number.POSITIVE_INFINITY };

function elementLengths(element: AST.Element | AST.QuantifiableElement): Lengths {
  switch (element.type) {
    case 'Assertion':
      return { min: 0, max: 0 };
    case 'Character':
    case 'CharacterClass':
    case 'CharacterSet':
      return { min: 1, max: 1 };
    case 'Group':
    case 'CapturingGroup':
      return union(element.alternatives.map(({ elements }) => sum(elements.map(elementLengths))));
    case 'Quantifier': {
      const each = elementLengths(element.element);
      return { min: each.min * element.min, max: each.max === 0 ? 0 : each.max * element.max };
    }
    default:
      return UNLIMITED;
  }
}

function sum(lengths: readonly Lengths[]): Lengths {
  return lengths.reduce((total, { min, max }) => ({ min: total.min + min, max: total.max + max }), { min: 0, max: 0 });
}

function union(lengths: readonly Lengths[]): Lengths {
  return { min: Math.min(...lengths.map(({ min }) => min)), max: Math.max(...lengths.map(({ max }) => max)) };
}
