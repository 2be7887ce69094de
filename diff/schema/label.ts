/** The name of a schema location in a sentence. */
export interface Label {
  /** `roles[].name`; empty for the root. */
  readonly path: string;
  /** `the request body`, `parameter "page"`, `schema "Role"`. */
  readonly root: string;
}

export function rootLabel(root: string): Label {
  return { path: '', root };
}

export function propertyLabel(label: Label, property: string): Label {
  return { ...label, path: label.path === '' ? property : `${label.path}.${property}` };
}

export function itemLabel(label: Label): Label {
  return { ...label, path: `${label.path}[]` };
}

export function labelText({ path, root }: Label): string {
  return path === '' ? root : `"${path}" of ${root}`;
}
