import type { Contract } from '../../../contract/contract.js';
import { credentialsOf } from '../../client/credentials.js';
import type { ClientPlan } from '../../client/plan.js';
import type { Extras } from '../../job.js';
import type { GeneratedFile } from '../generated-file.js';
import { pageHeader } from '../text/comment.js';

/** Emits `README.md`: what the folder contains and how to use it in another project. */
export function emitReadme(
  contract: Contract,
  { methods, server, folder }: ClientPlan,
  extras: Extras = {},
): GeneratedFile {
  const besides = extraModules(extras);
  const packages = ['openapi-fetch', ...besides.map(({ name }) => name)].join(' ');
  const [method] = methods;
  const rest = method !== undefined && (method.ids.length > 0 || method.body !== undefined) ? '…' : '';
  const call = method ? `client.${method.path.join('.')}(${rest})` : 'client';
  const key = soleKey(contract, server);
  const access = key ?? (server.tokenUrl === '' ? "token: '…'" : "token: { clientId: '…', clientSecret: '…' }");
  const text = `# A client for ${contract.title}

Copy this folder into a TypeScript project and install ${besides.length === 0 ? 'its only dependency' : 'what it needs'}:

\`\`\`sh
npm install ${packages}
\`\`\`

\`\`\`ts
import { createClient } from './${folder}/client.js';

const client = createClient({ baseUrl: 'https://…', ${access} });
const result = await ${call};
\`\`\`

The client has every method. Functions of the same names cost a bundle only what it calls. They take a connection: an
object with \`baseUrl\` and \`${key === undefined ? 'token' : 'credentials'}\`, or the value of \`connect\`, which adds retries${server.tokenUrl === '' ? '' : ', and tokens from client credentials'}:

\`\`\`ts
import { connect${method ? `, ${method.functions.call}` : ''} } from './${folder}/functions.js';

const connection = connect({ baseUrl: 'https://…', ${access} });
${method ? `const result = await ${method.functions.call}(connection${rest && `, ${rest}`});` : ''}
\`\`\`

Check \`ok\` of a result, then \`status\`. TypeScript narrows \`error\` by the status, and by the error code if the contract
has one. \`unwrap(result)\` returns the data or throws. Responses that are not in the contract (another status, another
content type, the error page of a proxy) are failures with the status \`unexpected\`. Without a response, the promise is
rejected. Bodies are not validated against their schemas, and a server may send error codes that are not in the
contract: handle them in a default branch.

| file | content |
|---|---|
| \`client.ts\` | typed, documented methods in groups |
| \`functions.ts\` | the same methods as functions |
| \`types.ts\` | the types of all schemas and operations |
| \`operations.ts\` | scopes, limits, relations and errors of each operation, to read at run time |
| \`routes.ts\`, \`server.ts\`, \`runtime/\` | what client and functions need at run time |
${besides.map(({ file, content }) => `| \`${file}\` | ${content} |\n`).join('')}| \`docs/\` | the documentation: guides, tasks, and one page per operation |
`;
  return { path: 'README.md', text: pageHeader + text };
}

/** The credentials of an API that takes keys instead of tokens; undefined where it takes tokens, or none. */
function soleKey(contract: Contract, { schemes }: ClientPlan['server']): string | undefined {
  const takesToken = contract.operations.some((operation) =>
    credentialsOf(contract, operation).some(({ words }) => words === ''),
  );
  const key = schemes.find(({ scheme: [place] }) => place === 'header' || place === 'query' || place === 'cookie');
  if (takesToken || key === undefined) return undefined;
  const name = /^[A-Za-z_$][\w$]*$/.test(key.name) ? key.name : JSON.stringify(key.name);
  return `credentials: { ${name}: '…' }`;
}

interface ExtraModule {
  readonly file: string;
  readonly content: string;
  /** The package that it imports. */
  readonly name: string;
}

/** The modules for other libraries. */
function extraModules({ validators, msw, query }: Extras): readonly ExtraModule[] {
  return [
    ...(validators === undefined
      ? []
      : [{ file: 'validators.ts', content: `schemas of ${validators} for requests and responses`, name: validators }]),
    ...(msw === true ? [{ file: 'msw.ts', content: 'handlers of Mock Service Worker', name: 'msw' }] : []),
    ...(query === undefined
      ? []
      : [{ file: 'queries.ts', content: 'options of TanStack Query', name: '@tanstack/react-query' }]),
  ];
}
