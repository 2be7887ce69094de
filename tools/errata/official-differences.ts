import type { Contract, Json, Operation, Schema } from '../../contract/contract.js';
import { type SchemaView, type SchemaViews, schemaViews } from '../../replay/judge/schema-view.js';

/** One fact about an operation that differs between the contract and another document. */
export interface DocumentDifference {
  readonly operation: Operation;
  /** Where in the operation: `/responses/404`, `/security`, `/requestBody/required`, `/requestBody/roles/minItems`, `/parameters/page/maximum`. */
  readonly fact: string;
  /** Absent: the document does not have the fact. */
  readonly official?: Json;
  readonly ours?: Json;
}

/** The differences of two documents in statuses, scopes and limits on input, for the operations that both have. */
export function officialDifferences(ours: Contract, official: Contract): readonly DocumentDifference[] {
  const views = [schemaViews(ours), schemaViews(official)] as const;
  return ours.operations.flatMap((operation) => {
    const other = official.operations.find(
      ({ method, path }) => method === operation.method && shapeOf(path) === shapeOf(operation.path),
    );
    if (other === undefined) return [];
    const differ = (fact: string, mine: Json | undefined, theirs: Json | undefined): readonly DocumentDifference[] =>
      JSON.stringify(mine) === JSON.stringify(theirs)
        ? []
        : [
            {
              operation,
              fact,
              ...(mine === undefined ? {} : { ours: mine }),
              ...(theirs === undefined ? {} : { official: theirs }),
            },
          ];
    return [
      ...statusDifferences(operation, other, differ),
      ...differ('/security', scopesOf(operation), scopesOf(other)),
      ...differ('/requestBody/required', operation.requestBody?.required, other.requestBody?.required),
      ...bodyDifferences(views, operation, other, differ),
      ...parameterDifferences(operation, other, differ),
    ];
  });
}

type Differ = (fact: string, ours: Json | undefined, official: Json | undefined) => readonly DocumentDifference[];

/** Paths that differ only in the names of their parameters are the same. */
function shapeOf(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}');
}

function statusDifferences(ours: Operation, official: Operation, differ: Differ): readonly DocumentDifference[] {
  const statuses = [...new Set([...ours.responses, ...official.responses].map(({ status }) => status))].sort();
  const statusIn = ({ responses }: Operation, status: string) =>
    responses.some((response) => response.status === status) ? status : undefined;
  return statuses.flatMap((status) =>
    differ(`/responses/${status}`, statusIn(ours, status), statusIn(official, status)),
  );
}

/** Every scope in the security alternatives of the operation. */
function scopesOf({ security }: Operation): readonly string[] {
  return [...new Set(security.flatMap(({ scopes }) => scopes))].sort();
}

const LIMITS = [
  'minItems',
  'maxItems',
  'uniqueItems',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minProperties',
  'maxProperties',
];

function bodyDifferences(
  [mine, theirs]: readonly [SchemaViews, SchemaViews],
  ours: Operation,
  official: Operation,
  differ: Differ,
): readonly DocumentDifference[] {
  const schemaOf = ({ requestBody }: Operation): Schema | undefined =>
    requestBody?.content.find(({ type }) => type.endsWith('json'))?.schema;
  const [left, right] = [schemaOf(ours), schemaOf(official)];
  if (left === undefined || right === undefined) return [];
  return viewDifferences({ ours: mine.of(left), official: theirs.of(right), place: '/requestBody', depth: 0 }, differ);
}

/** Schemas may refer to themselves; no body of the API is this deep. */
const DEEPEST = 6;

/** The schemas of both documents at one place of a body. */
interface SchemaPair {
  readonly ours: SchemaView;
  readonly official: SchemaView;
  readonly place: string;
  readonly depth: number;
}

function viewDifferences({ ours, official, place, depth }: SchemaPair, differ: Differ): readonly DocumentDifference[] {
  if (depth > DEEPEST) return [];
  const limits = LIMITS.flatMap((limit) => differ(`${place}/${limit}`, limitOf(ours, limit), limitOf(official, limit)));
  const below = (name: string, left: SchemaView, right: SchemaView) =>
    viewDifferences({ ours: left, official: right, place: `${place}/${name}`, depth: depth + 1 }, differ);
  const items = ours.items().schemas.length === 0 ? [] : below('items', ours.items(), official.items());
  const inside = ours.properties.flatMap((name) => {
    const [left, right] = [ours.property(name), official.property(name)];
    // A property that only one document has is not a difference in limits.
    return left === undefined || right === undefined ? [] : below(name, left, right);
  });
  return [...limits, ...items, ...inside];
}

/** The limit at a place; a minimum of 0 is none. */
function limitOf({ schemas }: SchemaView, limit: string): Json | undefined {
  const value = schemas.find((schema) => Object.hasOwn(schema, limit))?.[limit];
  return value === 0 || value === false ? undefined : value;
}

function parameterDifferences(ours: Operation, official: Operation, differ: Differ): readonly DocumentDifference[] {
  return ours.parameters.flatMap((parameter) => {
    const path = parameter.in === 'path' ? placeInPath(ours, parameter.name) : -1;
    const other = official.parameters.find((candidate) =>
      parameter.in === 'path'
        ? candidate.in === 'path' && placeInPath(official, candidate.name) === path
        : candidate.in === parameter.in && candidate.name === parameter.name,
    );
    if (other === undefined) return [];
    return LIMITS.flatMap((limit) =>
      differ(`/parameters/${parameter.name}/${limit}`, known(parameter.schema[limit]), known(other.schema[limit])),
    );
  });
}

function placeInPath({ path }: Operation, name: string): number {
  return [...path.matchAll(/\{([^}]*)\}/g)].findIndex((match) => match[1] === name);
}

function known(value: Json | undefined): Json | undefined {
  return value === 0 || value === false ? undefined : value;
}
