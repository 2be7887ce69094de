/** How values of a schema are written in XML: its `xml` keyword, with defaults. */
export interface XmlShape {
  /** The name of the element or attribute, with its prefix; absent: that of the property, or of the component. */
  readonly name?: string;
  /** Of the prefix of the name, or of the element if the name has none. */
  readonly namespace?: string;
  readonly attribute: boolean;
  /** The entries of a list are inside an element of its own. */
  readonly wrapped: boolean;
  readonly types: readonly string[];
  /** Of entries, if it is a list. */
  readonly items?: XmlShape;
  readonly properties: ReadonlyMap<string, XmlShape>;
  /** The properties that an object must have. */
  readonly required: ReadonlySet<string>;
}

/** Of values without a schema. */
export const ANY: XmlShape = {
  attribute: false,
  wrapped: false,
  types: [],
  properties: new Map(),
  required: new Set(),
};
