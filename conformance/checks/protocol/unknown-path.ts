import type { Contract, Operation } from '../../../contract/contract.js';
import { Router } from '../../../contract/http/router.js';
import type { Check } from '../../check.js';
import { excerpt } from '../../judge/safety.js';
import { isWebPage } from '../../judge/web-page.js';
import { isFirstOfPath } from '../../lookup/first-of-path.js';
import { succeeded } from '../../target/exchange.js';
import { buildRequest, noValues, type PlannedRequest, undocumented } from '../../target/request.js';
import { generalRule } from '../../trial/expected-refusal.js';

const UNDOCUMENTED = { ...generalRule('the contract does not define this path'), grade: 'inferred' } as const;

/** Ways to misspell a path. */
const MISSPELLINGS: readonly { readonly what: string; readonly misspell: (path: string) => string }[] = [
  { what: 'with another segment', misspell: (path) => `${path.replace(/\/$/, '')}/unexpected` },
  { what: 'without its last letter', misspell: (path) => path.replace(/[^/](\/?)$/, '$1') },
  { what: 'in upper case', misspell: (path) => path.toUpperCase() },
];

export const unknownPath: Check = {
  id: 'unknown-path',
  family: 'protocol',
  title: 'An undocumented path is refused',
  description:
    'Sends requests to paths close to documented ones: with another segment, without the last letter, in upper case. Each ' +
    'must be refused with a 4xx or 501, without a server error or a stack trace.',
  appliesTo: 'one operation of each path',
  applies: (operation, contract) => isFirstOfPath(operation, contract),
  requests: (_operation, _contract, depth) => (depth === 'smoke' ? 0 : MISSPELLINGS.length),
  async run(operation, context) {
    const path = { ...(await context.fixtures.valid(operation)).path };
    for (const [side, parameter] of Object.entries(operation.effect?.of ?? {})) {
      path[parameter] = (await context.fixtures.unknown(side)).id;
    }
    const request = undocumented(buildRequest(operation, { ...noValues, path }));
    const routes = routesOf(context.contract);
    for (const { what, misspell } of MISSPELLINGS) {
      // GET changes nothing, wherever the path leads.
      const misspelled: PlannedRequest = { ...request, method: 'GET', path: misspell(request.path) };
      if (isDocumented(misspelled.path, routes) || !keepsFixed(operation, request.path, misspelled.path)) continue;
      const exchange = await context.send(misspelled);
      context.report(...context.judge(exchange, { kind: 'documented' }));
      if (!succeeded(exchange)) continue;
      context.report({
        cause: isWebPage(exchange, operation) ? 'a web page answers undocumented paths' : `a path ${what} succeeds`,
        expected: '404 or 501',
        actual: `${exchange.response.status} ${excerpt(exchange.response.text)}`.trimEnd(),
        evidence: UNDOCUMENTED,
        exchange,
      });
    }
  },
};

/** Whether a path is of the contract: as it is, or with nothing in the place of a parameter, which may be a listing. */
function isDocumented(path: string, routes: Router<true>): boolean {
  return path.endsWith('/') || routes.find(path) !== undefined;
}

/** Whether a misspelled path still has the only value that a parameter allows: another may name somebody's tenant. */
function keepsFixed({ route, parameters }: Operation, path: string, misspelled: string): boolean {
  const fixed = new Set(parameters.filter(({ only }) => only !== undefined).map(({ name }) => name));
  const [before, after] = [path.split('/'), misspelled.split('/')];
  return route.split('/').every((segment, at) => {
    const names = [...segment.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
    return !names.some((name) => fixed.has(name)) || before[at] === after[at];
  });
}

function routesOf({ operations }: Contract): Router<true> {
  const routes = new Router<true>();
  for (const { route } of operations) routes.at(route, () => true);
  return routes;
}
