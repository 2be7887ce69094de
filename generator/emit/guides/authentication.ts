import type { Contract, Json, JsonObject, Operation, Problem } from '../../../contract/contract.js';
import { entriesOf, objectOr, stringOr } from '../../../contract/json/json-value.js';
import { foreignCredentialsInWords } from '../../client/credentials.js';
import type { PageContext } from '../pages/page-context.js';
import { samplesSection } from '../pages/samples-section.js';
import { causeInWords } from '../reference/causes.js';
import { bullets, code, fenced, line, prose, section, table } from '../reference/markdown.js';
import { propertiesTable } from '../reference/properties.js';
import { successesOf } from '../reference/responses-section.js';
import { samplesOf } from '../samples/samples-of.js';
import { accessInWords } from '../text/wording.js';
import { schemeParagraphs } from './schemes.js';

/** From nothing to a first successful request. */
export function authenticationGuide(page: PageContext): readonly string[] {
  const { contract } = page;
  const issuer = tokenOperation(page);
  return [
    ...schemeParagraphs(contract),
    section('Base URL', ...servers(contract)),
    tokenSection(page, issuer),
    firstCall(page),
    failures(page),
  ];
}

/** The URLs of the document, with what their variables stand for. */
function servers({ document }: Contract): readonly string[] {
  const list: readonly Json[] = Array.isArray(document.servers) ? document.servers : [];
  return list.flatMap((entry) => {
    const server: JsonObject = objectOr(entry);
    const variables = entriesOf(server.variables).map(([name, variable]) => variableInWords(name, objectOr(variable)));
    return [`${code(stringOr(server.url))}`, bullets(variables)];
  });
}

function variableInWords(name: string, variable: JsonObject): string {
  const description = line(stringOr(variable.description));
  const preset = stringOr(variable.default);
  const about = [...(description === '' ? [] : [description]), ...(preset === '' ? [] : [`Default: ${code(preset)}.`])];
  return about.length === 0 ? code(name) : `${code(name)}: ${about.join(' ')}`;
}

/** The operation that exchanges credentials for a token, if it is part of the contract. */
function tokenOperation({ contract, plan }: PageContext): Operation | undefined {
  const { tokenUrl } = plan.server;
  return contract.operations.find(
    ({ method, route }) => method === 'POST' && tokenUrl !== '' && tokenUrl.replace(/^\/?/, '/').endsWith(route),
  );
}

function tokenSection(page: PageContext, issuer: Operation | undefined): string {
  const { contract, plan } = page;
  if (issuer === undefined) {
    if (plan.server.tokenUrl === '') return '';
    return section('Get a token', `Exchange your credentials for a token at ${code(plan.server.tokenUrl)}.`);
  }
  const [curl] = samplesOf(contract, issuer, { plan, languages: ['curl'] });
  const request = issuer.requestBody?.content[0];
  const response = successesOf(issuer)[0]?.content[0];
  return section(
    'Get a token',
    `${page.toOperation(issuer)} exchanges the credentials of a client for a token:`,
    curl === undefined ? '' : fenced(curl.syntax, curl.code),
    request === undefined ? '' : propertiesTable(contract, request.schema, 'request'),
    ...(response === undefined
      ? []
      : ['The response has the token:', propertiesTable(contract, response.schema, 'response')]),
    prose(issuer.description),
  );
}

/** A request that needs nothing but a token: a listing without required parameters. */
function firstCall(page: PageContext): string {
  const { contract } = page;
  const candidates = contract.operations.filter(
    ({ method, parameters, security }) =>
      method === 'GET' && security.length > 0 && !parameters.some(({ required }) => required),
  );
  const first = candidates.find(({ effect }) => effect?.kind === 'list') ?? candidates[0];
  if (first === undefined) return '';
  return [
    section(
      'First call',
      `${page.toOperation(first)}. ${accessInWords(contract, first)} The response shows that ${works(contract, first)}.`,
    ),
    samplesSection(page, first).replace(/^## .*\n\n/, ''),
  ].join('\n\n');
}

function works(contract: Contract, operation: Operation): string {
  return foreignCredentialsInWords(contract, operation) === '' ? 'the token works' : 'the credentials work';
}

/** What is wrong with a token that is refused. */
function failures(page: PageContext): string {
  const found = new Map<string, { readonly status: string; readonly problem: Problem }>();
  for (const { status, problems } of page.contract.operations.flatMap(({ responses }) => responses)) {
    for (const problem of problems) {
      if (problem.when.kind === 'token' || problem.when.kind === 'scope')
        found.set(`${status} ${problem.name}`, { status, problem });
    }
  }
  const rows = [...found.values()].map(({ status, problem }) => {
    const { cause, remedy } = causeInWords(problem);
    return [code(status), code(problem.message ?? ''), cause, line(problem.remedy ?? remedy)];
  });
  if (rows.length === 0) return '';
  return section('If the token is refused', table(['Status', 'Message', 'Cause', 'What to do'], rows));
}
