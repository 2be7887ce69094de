import type { Contract } from '../../../contract/contract.js';
import type { ClientPlan } from '../../client/plan.js';
import type { GeneratedFile } from '../generated-file.js';
import { pageHeader } from '../text/comment.js';

/** Emits `README.md`: what the folder contains and how to use it in another project. */
export function emitReadme(contract: Contract, { methods, server, folder }: ClientPlan): GeneratedFile {
  const [method] = methods;
  const rest = method !== undefined && (method.ids.length > 0 || method.body !== undefined) ? '…' : '';
  const call = method ? `client.${method.path.join('.')}(${rest})` : 'client';
  const token = server.tokenUrl === '' ? "token: '…'" : "token: { clientId: '…', clientSecret: '…' }";
  const text = `# A client for ${contract.title}

Copy this folder into a TypeScript project and install its only dependency:

\`\`\`sh
npm install openapi-fetch
\`\`\`

\`\`\`ts
import { createClient } from './${folder}/client.js';

const client = createClient({ baseUrl: 'https://…', ${token} });
const result = await ${call};
\`\`\`

The client has every method. Functions of the same names cost a bundle only what it calls. They take a connection: an
object with \`baseUrl\` and \`token\`, or the value of \`connect\`, which adds retries${server.tokenUrl === '' ? '' : ', and tokens from client credentials'}:

\`\`\`ts
import { connect${method ? `, ${method.functions.call}` : ''} } from './${folder}/functions.js';

const connection = connect({ baseUrl: 'https://…', ${token} });
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
| \`docs/\` | the documentation: guides, tasks, and one page per operation |
`;
  return { path: 'README.md', text: pageHeader + text };
}
