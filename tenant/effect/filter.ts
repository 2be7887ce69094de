import type { FilterMatch, Json } from '../../contract/contract.js';
import type { ViewItem } from '../view/view-item.js';

/** A query parameter that filters a listing. */
export interface Filter {
  readonly parameter: string;
  /** The item is listed if one of them matches. */
  readonly properties: readonly FilteredProperty[];
  readonly match: FilterMatch;
}

interface FilteredProperty {
  readonly name: string;
  /** Whether it belongs to the parent of an item inside another resource. */
  readonly ofParent: boolean;
}

const MATCHES: Readonly<Record<FilterMatch, (value: Json | undefined, wanted: Json) => boolean>> = {
  // What the service leaves out of an item is not set, which a filter for false includes.
  equals: (value, wanted) => value === wanted || (wanted === false && value === undefined),
  contains: (value, wanted) =>
    String(value ?? '')
      .toLowerCase()
      .includes(String(wanted).toLowerCase()),
  'one-of': (value, wanted) =>
    String(wanted)
      .split(',')
      .includes(String(value ?? '')),
  has: (value, wanted) => Array.isArray(value) && value.includes(wanted),
};

/** Several values of a parameter are alternatives. */
export function matches(filter: Filter, wanted: Json | undefined, { entity }: ViewItem): boolean {
  const alternatives = Array.isArray(wanted) ? (wanted as readonly Json[]) : wanted === undefined ? [] : [wanted];
  return filter.properties.some(({ name, ofParent }) => {
    const value = (ofParent ? entity.parent : entity)?.properties[name];
    return alternatives.some((each) => MATCHES[filter.match](value, each));
  });
}
