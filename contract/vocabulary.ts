import type { Pointer } from './json.js';

/** What our own keywords say, one type a keyword; `spec/README.md` teaches them. */

/** How sure a fact is, the surest first. `disputed` marks a fact that the sources contradict: it is observed, not judged. */
export type Grade = 'recorded' | 'documented' | 'reported' | 'inferred' | 'unknown' | 'disputed';

/** Where a fact comes from. */
export interface Evidence {
  readonly grade: Grade;
  /** The source in a few words, for a reader: `seed 001`, `official document`, `recorded 2023`. */
  readonly source: string;
  /** How many recorded exchanges show it. */
  readonly seen?: number;
  /** What another source says instead. */
  readonly against?: string;
}

/** What a query parameter does to a listing (`x-query`). */
export type QueryRole =
  | { readonly kind: 'page' | 'size' | 'totals' | 'cursor' | 'take' | 'fields' | 'include-fields' }
  | { readonly kind: 'filter'; readonly property: string; readonly match: FilterMatch };

/** `equals` compares the whole value, `contains` a part of it without regard to case, `has` an entry of a list. */
export type FilterMatch = 'equals' | 'contains' | 'has';

/** Why a request is refused (`when` of a problem). `of` is a resource, a relation or a side, as the cause says. */
export type Cause =
  | { readonly kind: 'token'; readonly fault: TokenFault }
  | { readonly kind: 'scope' }
  | { readonly kind: 'invalid'; readonly part: 'path' | 'query' | 'body' }
  /** A page that reaches past the first `max` records. */
  | { readonly kind: 'beyond'; readonly max: number }
  | { readonly kind: 'unknown'; readonly of: string }
  | { readonly kind: 'duplicate'; readonly of: string }
  | { readonly kind: 'full'; readonly of: string }
  | { readonly kind: 'rate' }
  | { readonly kind: 'hook'; readonly name: string }
  /** Documented, but a client cannot provoke it. */
  | { readonly kind: 'never'; readonly reason: string };

/**
 * `missing`: no Authorization header, or another scheme than Bearer. `malformed`: not three parts. `other`: refused for
 * a cause that has no name of its own.
 */
export type TokenFault = 'missing' | 'malformed' | 'signature' | 'expired' | 'audience' | 'other';

/** A refusal of the catalogue (`x-problems`). */
export interface Problem {
  readonly name: string;
  readonly when: Cause;
  readonly errorCode?: string;
  /**
   * A template: `{key}` and other names in braces stand for what the request gave. Absent where nothing is known of it.
   * Never to be compared to the letter: braces match anything.
   */
  readonly message?: string;
  /** Headers that go with it, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** What a caller can do about it, a sentence. */
  readonly remedy?: string;
  readonly evidence: Evidence;
  readonly pointer: Pointer;
}

/** The most that one thing holds. */
export interface Limit {
  /** The sides that are held fixed: at most `max` of the other side for each. Empty for the whole tenant. */
  readonly per: readonly string[];
  readonly max: number;
  /** The number that another source gives. */
  readonly disputed?: number;
  /** The problem that the one too many gets; absent where it is not known. */
  readonly problem?: string;
  readonly evidence: Evidence;
  readonly pointer: Pointer;
}

/** A kind of thing that the tenant keeps (`x-resources`). */
export interface Resource {
  readonly name: string;
  /**
   * The property that names one, as in paths and bodies. Of an item `inside` another: the property of the item itself,
   * which names it within its parent; how bodies name it is `inside.key`.
   */
  readonly key: string;
  /** Other properties by which a path may name it too. */
  readonly aliases: readonly string[];
  /** Groups of properties that no two may share. */
  readonly unique: readonly (readonly string[])[];
  readonly limit?: Limit;
  /**
   * An item that has no endpoint but stands in a list of its parent: `permission` inside `resource-server` at
   * `/scopes`. It is named by several properties, each the value of a property of the parent or of the item itself.
   */
  readonly inside?: Inside;
  /** Foreign keys: this property holds the key (or the named property) of that resource; goes when that goes. */
  readonly refers: readonly Reference[];
  /** One of these gives the resource `to` names the scopes at the audience. */
  readonly grants?: { readonly to: string; readonly audience: string; readonly scopes: string };
  readonly pointer: Pointer;
}

export interface Inside {
  readonly parent: string;
  /** The list in the parent, as a JSON pointer: `/scopes`. */
  readonly list: Pointer;
  /** Property in bodies → where its value stands: `{of: parent, property}` or `{of: item, property}`. */
  readonly key: Readonly<Record<string, { readonly of: 'parent' | 'item'; readonly property: string }>>;
}

export interface Reference {
  readonly property: string;
  readonly resource: string;
  /** The property of that resource; its key unless said otherwise. */
  readonly by: string;
}

/** A set of tuples between resources (`x-relations`). */
export interface Relation {
  readonly name: string;
  /** The names of resources, each a side; no resource twice. */
  readonly between: readonly string[];
  /** The relation whose tuple takes this one's tuples with it when it goes. */
  readonly follows?: string;
  /** A listing also holds what these chains of relations lead to. */
  readonly shows: readonly (readonly string[])[];
  readonly limits: readonly Limit[];
  readonly pointer: Pointer;
}

export type EffectKind = 'create' | 'read' | 'update' | 'delete' | 'list' | 'add' | 'remove' | 'hook';

/** What a request does (`x-effect`). */
export interface Effect {
  readonly kind: EffectKind;
  /** The name of a resource or a relation, or of the hook. */
  readonly target: string;
  readonly on: 'resource' | 'relation' | 'hook';
  /** Side → the path parameter that names it. */
  readonly of: Readonly<Record<string, string>>;
  /** The property by which the path names the resource, where that is not its key or an alias. */
  readonly by?: string;
  /** Side → JSON pointer of the list in the body that names many of it. */
  readonly each: Readonly<Record<string, Pointer>>;
  /** The property that holds a listing's items when they come in an object. */
  readonly as?: string;
  /** When a checkpoint listing stops giving a `next`. */
  readonly next?: 'until-short' | 'until-empty';
  /** Sides of which an unknown one is no error. */
  readonly unknownSucceeds: readonly string[];
  /** `eventual`: what was written may show only after a while. */
  readonly consistency: 'immediate' | 'eventual';
  readonly pointer: Pointer;
}

/** A plan's token bucket: it holds `burst` requests and gains `perSecond` a second. */
export interface RatePlan {
  readonly name: string;
  readonly burst: number;
  readonly perSecond: number;
  readonly evidence: Evidence;
}

/** `x-rate-limit`. */
export interface RateLimit {
  /** Lower-case header names. `reset` is in Unix seconds. */
  readonly headers: { readonly limit: string; readonly remaining: string; readonly reset: string };
  readonly problem: string;
  readonly plans: readonly RatePlan[];
  readonly evidence: Evidence;
  readonly pointer: Pointer;
}

/** What the tenant does with a property (`x-value`). */
export type ValueRole =
  /** Made by the server from a template: `rol_{alnum:16}`, `auth0|{hex:24}`, `{hex:24}`. */
  | { readonly kind: 'id'; readonly template: string }
  | { readonly kind: 'created-at' | 'updated-at' }
  /** Joined from another resource that this item names: `resource-server.name`. */
  | { readonly kind: 'of'; readonly resource: string; readonly property: string }
  /** Where the request leaves it out, the value of this other property. */
  | { readonly kind: 'default'; readonly property: string }
  /** A set shown inside an item; with `asked` only when `fields` names it; `scopes` are needed then. */
  | {
      readonly kind: 'relation';
      readonly relation: string;
      readonly asked: boolean;
      readonly scopes: readonly string[];
    }
  | { readonly kind: 'hook'; readonly name: string }
  /** Of an error body: which part of a problem this property carries. */
  | { readonly kind: 'status' | 'reason' | 'message' | 'error-code' };
