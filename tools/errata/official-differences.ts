import type { Contract, Json, Operation, Schema } from '../../contract/contract.js';
import { type SchemaView, type SchemaViews, schemaViews } from '../../replay/judge/schema-view.js';

/** One thing that another document says of an operation and ours does not, or the other way round. */
export interface DocumentDifference {
  readonly operation: Operation;
  /** Where in the operation: `/responses/404`, `/security`, `/requestBody/required`, `/requestBody/roles/minItems`, `/parameters/page/maximum`. */
  readonly fact: string;
  /** Absent: it says nothing of it. */
  readonly official?: Json;
  readonly ours?: Json;
}

/** Where two documents of one API differ in statuses, scopes and limits on input, for the operations that both have. */
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

/** Paths that differ in the names of their parameters alone are one. */
function shapeOf(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}');
}

function statusDifferences(ours: Operation, official: Operation, differ: Differ): readonly DocumentDifference[] {
  const statuses = [...new Set([...ours.responses, ...official.responses].map(({ status }) => status))].sort();
  const said = ({ responses }: Operation, status: string) =>
    responses.some((response) => response.status === status) ? status : undefined;
  return statuses.flatMap((status) => differ(`/responses/${status}`, said(ours, status), said(official, status)));
}

/** Every scope that opens the operation, alone or with others. */
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
  return viewDifferences(mine.of(left), theirs.of(right), '/requestBody', differ, 0);
}

/** Deeper than any body of such an API; schemas may refer to themselves. */
const DEEPEST = 6;

function viewDifferences(
  ours: SchemaView,
  official: SchemaView,
  place: string,
  differ: Differ,
  depth: number,
): readonly DocumentDifference[] {
  if (depth > DEEPEST) return [];
  const limits = LIMITS.flatMap((limit) => differ(`${place}/${limit}`, limitOf(ours, limit), limitOf(official, limit)));
  const items =
    ours.items().schemas.length === 0
      ? []
      : viewDifferences(ours.items(), official.items(), `${place}/items`, differ, depth + 1);
  const inside = ours.properties.flatMap((name) => {
    const [left, right] = [ours.property(name), official.property(name)];
    // A property that the other does not know is more than a limit: it is not compared.
    return left === undefined || right === undefined
      ? []
      : viewDifferences(left, right, `${place}/${name}`, differ, depth + 1);
  });
  return [...limits, ...items, ...inside];
}

/** What a place is limited to; 0 at least is no limit. */
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
