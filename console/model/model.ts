/**
 * What the console knows of a contract, as plain values: the server derives it, the page reads it as JSON. Which pages,
 * tables and buttons there are follows from the contract's resources, relations and effects.
 */
export interface ConsoleModel {
  readonly title: string;
  readonly version: string;
  readonly server: { readonly audience: string; readonly tokenUrl: string };
  /** Operations by id. */
  readonly operations: Readonly<Record<string, CallableOperation>>;
  readonly resources: Readonly<Record<string, ResourceModel>>;
  /** Resources with a listing of their own, in the order of the contract. */
  readonly pages: readonly ListPage[];
  readonly views: readonly ItemView[];
}

/** An operation as the generated client calls it. */
export interface CallableOperation {
  /** `['users', 'roles', 'assign']` for `client.users.roles.assign`. */
  readonly call: readonly string[];
  readonly method: string;
  /** With the server's path in front, separated by a space, as in the routes of the client. */
  readonly path: string;
  /** As in the routes of the client: `204:none 400 401`. */
  readonly responses: string;
  /** What the arguments after the ids are. */
  readonly parts: readonly ('query' | 'body')[];
  /** The path parameters, in order. */
  readonly ids: readonly string[];
  /** Side → the path parameter that names it. */
  readonly of: Readonly<Record<string, string>>;
  /** The alternatives, each with the scopes that it requires. */
  readonly scopes: readonly (readonly string[])[];
  readonly summary: string;
}

export interface ResourceModel {
  readonly key: string;
  /** The property that people recognise an item by. */
  readonly label: string;
  /** An item inside another: the listing of the parents, the list in each, and where the parts of the key are. */
  readonly inside?: InsideModel;
}

export interface InsideModel {
  readonly parent: string;
  /** The property of the parent with the list. */
  readonly list: string;
  /** Property in bodies → where its value is. */
  readonly key: Readonly<Record<string, { readonly of: 'parent' | 'item'; readonly property: string }>>;
}

/** A listing: how to call it, and what its rows show. */
export interface Listing {
  readonly operation: string;
  /** The resource of its rows. */
  readonly resource: string;
  /** The property with the items, if an answer is an object. */
  readonly items: string;
  readonly columns: readonly string[];
  readonly paging: Paging;
  /** The query parameter of a search box. */
  readonly search?: string;
}

/** The names of the query parameters. */
export interface Paging {
  readonly size?: string;
  readonly page?: string;
  readonly totals?: string;
  readonly cursor?: string;
}

export interface ListPage {
  readonly title: string;
  readonly list: Listing;
  readonly create?: Form;
}

/** The page of one item, or of an item within another: a member of an organization. */
export interface ItemView {
  /** The resources that the path names: `['organization', 'user']`. */
  readonly sides: readonly string[];
  readonly read?: string;
  readonly update?: Form;
  readonly remove?: Action;
  readonly tabs: readonly Tab[];
}

export interface Tab {
  readonly title: string;
  readonly list: Listing;
  readonly add?: Choice;
  readonly create?: Form;
  /** Removes a row. */
  readonly remove?: Choice;
}

export interface Action {
  readonly operation: string;
  readonly label: string;
}

/** An operation that names items in its body. */
export interface Choice extends Action {
  /** Where the body names the items of each side; empty if the path names all. */
  readonly each: Readonly<Record<string, Place>>;
}

export interface Place {
  /** The property of the body; empty for the body itself. */
  readonly property: string;
  /** A list of items, or one. */
  readonly many: boolean;
  /** The most items of one request. */
  readonly most?: number;
  /** Each entry is an object that has the key here. */
  readonly entryKey?: string;
  /** Each entry has this property: true adds, false removes. */
  readonly flag?: string;
  /** The value of the flag. */
  readonly adds?: boolean;
}

export interface Form extends Action {
  readonly fields: readonly Field[];
}

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'number' | 'switch' | 'words' | 'json' | 'choice';
  readonly required: boolean;
  /** Shown without opening "More". */
  readonly main: boolean;
  readonly options?: readonly string[];
  readonly hint: string;
}
