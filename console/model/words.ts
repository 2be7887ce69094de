import { PROPERTY_LABELS } from '../auth0/labels.js';

/** Titles and buttons from the summaries of operations and the names of properties. */

/** `List a user's roles` → `Roles`; `List client grants` → `Client grants`. */
export function titleOf(summary: string): string {
  return capitalised(summary.replace(/^(List|Find|Get|Read|Search) ((an?|the|all) )?(.*['’]s? )?/, ''));
}

/** `Assign roles to a user` → `Assign roles`. */
export function buttonOf(summary: string): string {
  return capitalised(summary.replace(/ (to|from|of|in|with|for) (an?|the)\b.*$/, ''));
}

/** `display_name` → `Display name`. */
export function propertyLabel(name: string): string {
  return PROPERTY_LABELS[name] ?? capitalised(name.replaceAll(/[_-]+/g, ' ').replaceAll(/([a-z])([A-Z])/g, '$1 $2'));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
