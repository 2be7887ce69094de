/** A name without what documents spell differently: `tree_id`, `treeId` and `TreeID` are `treeid`. */
export function bareName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
