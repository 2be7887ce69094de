import type { Json, JsonObject, Pointer } from './json/json.js';

/** The values of our own keywords, one type per keyword; `spec/README.md` explains them. */

/** How well a fact is known, the strongest first. A `disputed` fact is contradicted by a source: it is observed, not judged. */
export type Grade = 'recorded' | 'documented' | 'reported' | 'inferred' | 'unknown' | 'disputed';

/** Where a fact comes from. */
export interface Evidence {
  readonly grade: Grade;
  /** The source in a few words: `official document`, `public threads`, `recorded 2023`. */
  readonly source: string;
  /** How many recorded exchanges show it. */
  readonly seen?: number;
  /** What another source says instead. */
  readonly against?: string;
}

/** What a query parameter does to a listing (`x-query`). */
export type QueryRole =
  | { readonly kind: 'page' | 'size' | 'totals' | 'cursor' | 'take' | 'include-fields' }
  /** Selects properties. Answers show the properties in `always` whatever is selected. */
  | { readonly kind: 'fields'; readonly always: readonly string[] }
  /** A property and a direction: `name:1`, `name:-1`. */
  | { readonly kind: 'sort' }
  /** A query in the provider's language; `finds` is one that finds an item, with its properties in braces. */
  | { readonly kind: 'search'; readonly hook: string; readonly finds?: string }
  /** An item is listed if any of the properties matches. */
  | { readonly kind: 'filter'; readonly properties: readonly string[]; readonly match: FilterMatch };

/**
 * `equals`: the whole value; `contains`: a part of it, ignoring case; `has`: an entry of a list; `one-of`: one of several
 * values, separated by commas.
 */
export type FilterMatch = 'equals' | 'contains' | 'has' | 'one-of';

/** Why a request is refused (`when` of a problem). `of` is a resource, a relation or a side, as the cause says. */
export type Cause =
  | { readonly kind: 'token'; readonly fault: TokenFault }
  | { readonly kind: 'scope' }
  | { readonly kind: 'invalid'; readonly part: 'path' | 'query' | 'body' }
  /** A page beyond the first `max` records. */
  | { readonly kind: 'beyond'; readonly max: number }
  | { readonly kind: 'unknown'; readonly of: string }
  | { readonly kind: 'duplicate'; readonly of: string }
  | { readonly kind: 'full'; readonly of: string }
  /** Names an item of a kind that the body's `x-kinds` does not list. */
  | { readonly kind: 'unsupported'; readonly of: string }
  | { readonly kind: 'rate' }
  | { readonly kind: 'hook'; readonly name: string }
  /** Documented, but no client can cause it. */
  | { readonly kind: 'never'; readonly reason: string };

/**
 * `missing`: no Authorization header, or a scheme other than Bearer. `malformed`: not three parts. `other`: any other
 * fault.
 */
export type TokenFault = 'missing' | 'malformed' | 'signature' | 'expired' | 'audience' | 'other';

/** A refusal of the catalogue (`x-problems`). */
export interface Problem {
  readonly name: string;
  readonly when: Cause;
  readonly errorCode?: string;
  /**
   * A template: `{key}` and other names in braces are filled from the request. Absent if unknown. When a message is
   * compared with it, braces match any text.
   */
  readonly message?: string;
  /** Headers of the response, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** What a caller can do about it: one sentence. */
  readonly remedy?: string;
  readonly evidence: Evidence;
  readonly pointer: Pointer;
}

/** A maximum number of items. */
export interface Limit {
  /** The fixed sides: each has at most `max` of the other side. Empty: the maximum for the whole tenant. */
  readonly per: readonly string[];
  readonly max: number;
  /** The number given by another source. */
  readonly disputed?: number;
  /** The problem of a request that exceeds it; absent if unknown. */
  readonly problem?: string;
  readonly evidence: Evidence;
  readonly pointer: Pointer;
}

/** A kind of item that the tenant stores (`x-resources`). */
export interface Resource {
  readonly name: string;
  /**
   * The property that identifies an item in paths and bodies. For an item `inside` another: the property that identifies
   * it within its parent; `inside.key` has the properties that identify it in bodies. Empty for what exists `once`.
   */
  readonly key: string;
  /** There is one item, of each parent if it is `under` one, which no path names: settings. Only where it was derived. */
  readonly once?: true;
  /** Other properties that may identify an item in a path. */
  readonly aliases: readonly string[];
  /** Groups of properties: no two items have the same values for a group. */
  readonly unique: readonly (readonly string[])[];
  /** The properties of unique groups whose absence counts as a value: `owner_id?`. */
  readonly optionalInUnique: ReadonlySet<string>;
  readonly limit?: Limit;
  /** All limits, such as one for the tenant and one per parent; the first is `limit`. */
  readonly limits: readonly Limit[];
  /**
   * An item that has no endpoint and is an entry of a list of its parent: `permission` inside `resource-server` at
   * `/scopes`. Several properties identify it, each the value of a property of the parent or of the item itself.
   */
  readonly inside?: Inside;
  /**
   * The parent that paths name before the resource, and the property that holds the parent's key. The key identifies an
   * item only within its parent. The property is also a foreign key in `refers`.
   */
  readonly under?: { readonly parent: string; readonly property: string };
  /** Foreign keys: the property holds the key (or the named property) of that resource. Deleted together with it. */
  readonly refers: readonly Reference[];
  /**
   * Places in requests that, by their names, hold the key of another resource, or a list of keys. Only where the resource
   * was derived: requests name existing items there, and nothing else follows from it.
   */
  readonly mentions: readonly Mention[];
  readonly grants?: Grants;
  /** What decides of which kind an item is, such as the strategy of the connection that a user is in. */
  readonly kind?: KindSource;
  /** The items that a tenant has from the start, in the format of the create operation. What exists `once` is so at first. */
  readonly initial: readonly JsonObject[];
  /** Provider-specific code that sets properties of a new item, or refuses it. */
  readonly hook?: string;
  /** What samples call the key of an item; absent: the name in capitals with `_ID`. */
  readonly placeholder?: string;
  /**
   * It was recognized by the paths and schemas of a document without our keywords. Answers are as documented where they
   * show more than requests set.
   */
  readonly derived?: true;
  readonly pointer: Pointer;
}

/** An item of a resource grants scopes at an audience to the item of another resource that `to` names. */
export interface Grants {
  readonly to: string;
  readonly audience: string;
  readonly scopes: string;
  /** The property that, if true, grants every scope of the audience; answers then omit `scopes`. */
  readonly all?: string;
}

/** The kind of an item is a property of the item that one of its foreign keys names. */
export interface KindSource {
  /** The foreign key. */
  readonly property: string;
  /** The property of the other item. */
  readonly of: string;
}

/** Where the items of a resource are that are part of another one: entries of a list in it. */
export interface Inside {
  readonly parent: string;
  /** The list in the parent, as a JSON pointer: `/scopes`. */
  readonly list: Pointer;
  /** Property in bodies → where its value is: `{of: parent, property}` or `{of: item, property}`. */
  readonly key: Readonly<Record<string, { readonly of: 'parent' | 'item'; readonly property: string }>>;
}

/** A property that names an item of a resource. */
export interface Reference {
  readonly property: string;
  readonly resource: string;
  /** The property of that resource; its key by default. */
  readonly by: string;
}

/** A place in requests that names an item of another resource. */
export interface Mention extends Reference {
  /**
   * The way from the property to the key, through objects and through the entries of lists: `['id']` for `{"club": {"id":
   * 1}}` and `{"clubs": [{"id": 1}]}`. Absent: the property holds the key, or a list of keys.
   */
  readonly within?: readonly string[];
  /** The object around the key stands for the item; what else it has describes the same item. */
  readonly isItem?: true;
}

/** A set of tuples between resources (`x-relations`). */
export interface Relation {
  readonly name: string;
  /** The names of the resources, one per side; no resource twice. */
  readonly between: readonly string[];
  /** Removing a tuple of this other relation removes the matching tuples of this one. */
  readonly follows?: string;
  /** Properties that each tuple has, besides its sides. */
  readonly carries: readonly string[];
  /** A listing also contains what these chains of relations lead to. */
  readonly shows: readonly (readonly string[])[];
  readonly limits: readonly Limit[];
  /** It was recognized by the paths and schemas of a document without our keywords. */
  readonly derived?: true;
  readonly pointer: Pointer;
}

/** What a request does to a resource or a relation; `hook`: something that the tenant does by code. */
export type EffectKind = 'create' | 'read' | 'update' | 'delete' | 'list' | 'add' | 'remove' | 'hook';

/** What a successful request does (`x-effect`). */
export interface Effect {
  readonly kind: EffectKind;
  /** The name of a resource or a relation, or of the hook. */
  readonly target: string;
  readonly on: 'resource' | 'relation' | 'hook';
  /** Side → the path parameter that names it. */
  readonly of: Readonly<Record<string, string>>;
  /**
   * Side → the query parameter that names it; for a resource inside another, the parameter of each property that
   * identifies it.
   */
  readonly query: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** The property that identifies the resource in the path, if not its key or an alias. */
  readonly by?: string;
  /** Side → JSON pointer of the list in the body that names its items: by their keys, or by objects with their keys. */
  readonly each: Readonly<Record<string, Pointer>>;
  /** Of an addition: a property of each entry of the list whose value false removes the tuple instead. */
  readonly flag?: string;
  /** Of an update: the property whose generated value is generated anew. */
  readonly renew?: string;
  /** The property of the answer that holds the item, or the items of a listing; absent: the answer is the item or the list. */
  readonly as?: string;
  /** The property of the request body that holds the item; absent: the body is the item. */
  readonly within?: string;
  /** When a listing by checkpoints stops returning `next`. */
  readonly next?: 'until-short' | 'until-empty';
  /** Sides for which an unknown item is not an error. */
  readonly unknownSucceeds: readonly string[];
  /** `eventual`: a change may become visible only after a while. */
  readonly consistency: 'immediate' | 'eventual';
  readonly pointer: Pointer;
}

/** A token bucket: it holds `burst` requests and gains `perSecond` per second. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** The rates of a plan: the bucket that operations without a group share, and a bucket for each group of operations. */
export interface RatePlan extends Rate {
  readonly name: string;
  /** Group (`x-rate-group`) → its rate. The operations of a group that the plan does not list share the plan's bucket. */
  readonly groups: ReadonlyMap<string, Rate>;
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

/** How the tenant fills a property (`x-value`). */
export type ValueRole =
  /** Generated by the server from a template: `rol_{alnum:16}`, `auth0|{hex:24}`, `{hex:24}`. */
  | {
      readonly kind: 'id';
      readonly template: string;
      /** The templates of items of other kinds. */
      readonly ofKind: ReadonlyMap<string, string>;
    }
  /** `deleted-at`: in the answer of a delete. */
  | { readonly kind: 'created-at' | 'updated-at' | 'deleted-at' }
  /**
   * Taken from another resource that this item refers to: `resource-server.name`. Without a property, an object that
   * shows the resource as the schema of the property says.
   */
  | { readonly kind: 'of'; readonly resource: string; readonly property?: string }
  /** The value of another property, if the request omits it: of the first that has one. */
  | { readonly kind: 'default'; readonly properties: readonly string[] }
  /** A set shown inside an item; with `asked` only if `fields` names it. Requires `scopes`. */
  | {
      readonly kind: 'relation';
      readonly relation: string;
      readonly asked: boolean;
      readonly scopes: readonly string[];
    }
  | { readonly kind: 'hook'; readonly name: string }
  /** In an error body: the part of a problem that the property holds. */
  | { readonly kind: 'status' | 'reason' | 'message' | 'error-code' };

/** A job that readers have, such as giving a user a role, and the operation that does it (`x-tasks`). Texts are Markdown. */
export interface Task {
  readonly name: string;
  readonly title: string;
  /** The id of the operation that does the task. */
  readonly operation: string;
  /** What the task is for. */
  readonly about: string;
  /** What has to be there first, one sentence or two each. */
  readonly before: readonly string[];
  /** The values that a reader replaces in the request, by the name of their placeholder. */
  readonly values: ReadonlyMap<string, string>;
  /** The body that the samples send, instead of the example of the operation. */
  readonly body?: Json;
  /** How to see that it worked. */
  readonly check: string;
  /** What else to know, one sentence or two each. */
  readonly notes: readonly string[];
  /** Other ways to do it, such as a graphical interface. */
  readonly alternatives: readonly TaskAlternative[];
  /** The names of related tasks. */
  readonly related: readonly string[];
  readonly pointer: Pointer;
}

/** Another way to do a task, such as in the Dashboard. */
export interface TaskAlternative {
  readonly title: string;
  readonly text: string;
}

/** An SDK of the provider, for samples (`x-sdks`). */
export interface Sdk {
  /** The language of the samples: `node-sdk`, `python-sdk`, `java-sdk`. */
  readonly name: string;
  /** Name and version in its registry: `auth0 7.1.0`. */
  readonly package: string;
  /** The line that imports it. */
  readonly import: string;
  /** The expression that makes a client, with names of placeholders. */
  readonly client: string;
  /** operationId → method: `users.roles.assign`. */
  readonly methods: ReadonlyMap<string, string>;
  /** operationId → types of its method, in languages whose programs name them. */
  readonly signatures: ReadonlyMap<string, SdkSignature>;
  /** Types by names of classes, as far as examples need them. */
  readonly types: ReadonlyMap<string, SdkType>;
  readonly pointer: Pointer;
}

/** What an SDK method takes and returns. */
export interface SdkSignature {
  /** The type of the argument after the ids, with query and body: `List<com.example.Item>`. Absent: it takes ids only. */
  readonly takes?: string;
  /** `pages` is a value to iterate over. */
  readonly returns: 'nothing' | 'value' | 'pages';
}

/** How a program makes a value of a type: with a builder, by a constant, or from a value of another type. */
export type SdkType =
  | { readonly kind: 'built'; readonly properties: ReadonlyMap<string, SdkProperty> }
  | { readonly kind: 'enumerated'; readonly constants: ReadonlyMap<string, string> }
  | { readonly kind: 'wrapped'; readonly of: string };

/** A property of a builder. The order of properties is the order in which the builder takes them. */
export interface SdkProperty {
  readonly method: string;
  readonly takes: string;
}
