/** The Dashboard's words for properties whose names say less. */
export const PROPERTY_LABELS: Readonly<Record<string, string>> = {
  enforce_policies: 'Enable RBAC',
};
