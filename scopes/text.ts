import type { Colors } from 'picocolors/types.js';
import { counted } from '../conformance/report/last-line.js';
import { wrapWords } from '../conformance/report/terminal/wrap.js';
import type { ClientScopes } from '../contract/scopes/scope-use.js';
import { printable } from '../contract/text/printable.js';
import { leastGrant } from './auth0/client-grant.js';

/** The width of a terminal, and of the labels. */
const WIDTH = 80;
const LABEL = 14;

/** The scopes of each client as a table, and its least client grant, ready to paste. */
export function formatScopes(clients: readonly ClientScopes[], colors: Colors): string {
  return clients.map((client) => formatClient(client, colors)).join('\n');
}

function formatClient(client: ClientScopes, colors: Colors): string {
  const { client: id, audience, requests, used, unused, lacked } = client;
  const width = Math.max(
    0,
    ...[...used.map(({ scope }) => scope), ...lacked.map(lackedText)].map(({ length }) => length),
  );
  const row = (text: string, detail: string) => `${printable(text).padEnd(width)}  ${printable(detail)}`.trimEnd();
  const of = id === undefined ? 'unknown client' : printable(id);
  const at = audience === undefined ? '' : ` at ${printable(audience)}`;
  return [
    colors.bold(`${of}${at}: ${counted(requests, 'request')}`),
    ...labelled(
      'used',
      used.map(({ scope, operations }) => row(scope, operations.join(', '))),
    ),
    ...labelled(
      'never used',
      unused === undefined
        ? ['unknown: no token says what was granted']
        : unused.length === 0
          ? []
          : wrapWords(unused.map(printable).join(' '), WIDTH - LABEL),
    ),
    ...labelled(
      'lacked',
      lacked.map((each) => row(lackedText(each), `${each.operation}, ${counted(each.refusals, 'refusal')}`)),
    ),
    '',
    colors.dim('  the least client grant:'),
    `  ${printable(JSON.stringify(leastGrant(client)))}`,
    '',
  ].join('\n');
}

function lackedText({ scopes }: ClientScopes['lacked'][number]): string {
  return scopes.length === 0 ? 'unknown' : scopes.join(' ');
}

function labelled(label: string, lines: readonly string[]): readonly string[] {
  const shown = lines.length === 0 ? ['none'] : lines;
  return shown.map((line, index) => `  ${(index === 0 ? label : '').padEnd(LABEL - 2)}${line}`);
}
