import type { Contract } from '../../contract/contract.js';
import { certainAlternatives } from '../../contract/scopes/possible-alternatives.js';
import type { ScopedOperation } from './browser/pick-scopes.js';

/** The heading of the guide under which the site lets readers choose their own set of calls. */
const HEADING = /<h2 id="the-fewest-scopes-for-a-set-of-calls">.*?<\/h2>/;

/** The guide with a place for the picker; other pages stay as they are. */
export function withScopePicker(html: string): string {
  return html.replace(HEADING, (heading) => `${heading}\n<div id="scope-picker" data-script hidden></div>`);
}

/** A script that defines what the picker offers: pages that are opened from disk cannot read other files. */
export function scopeData({ operations }: Contract): string {
  const scoped = operations
    .filter(({ security }) => security.some(({ scopes }) => scopes.length > 0))
    .map((operation): ScopedOperation => {
      const { method, path, summary, security } = operation;
      return [summary.trim(), `${method} ${path}`, certainAlternatives(security)];
    });
  return `globalThis.rolecallScopes = ${JSON.stringify(scoped).replaceAll('<', '\\u003c')};\n`;
}
