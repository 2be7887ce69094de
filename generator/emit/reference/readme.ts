import type { Contract } from '../../../contract/contract.js';
import type { ClientPlan } from '../../client/plan.js';
import type { GeneratedFile } from '../generated-file.js';
import { pageHeader } from '../text/header.js';

/** What the folder is and how to take it elsewhere. */
export function emitReadme(contract: Contract, { methods, server }: ClientPlan): GeneratedFile {
  const [method] = methods;
  const call = method ? `client.${method.path.join('.')}(…)` : 'client';
  const token = server.tokenUrl === '' ? "token: '…'" : "token: { clientId: '…', clientSecret: '…' }";
  const text = `# A client of ${contract.title}

Copy this folder into any TypeScript project and install the one package that it needs:

\`\`\`sh
npm install openapi-fetch
\`\`\`

\`\`\`ts
import { createClient } from './generated/client.js';

const client = createClient({ baseUrl: 'https://…', ${token} });
const result = await ${call};
\`\`\`

A result says by \`ok\` whether it is a success, then by \`status\` which answer it is; a failure's \`error\` is narrowed by
its status, and by its error code where the contract has one. \`unwrap(result)\` gives the data or throws. What the
contract does not know (another status, another content type, a page of a proxy) is a failure with the status
\`unexpected\`; no answer at all rejects. Bodies are not checked against their schemas, and a server may know error codes
that the contract does not: leave a branch for them.

| file | what it is |
|---|---|
| \`client.ts\` | the client: methods by group, documented, with their types |
| \`types.ts\` | the types of every schema and operation |
| \`operations.ts\` | scopes, limits, relations and refusals of each operation, to read at run time |
| \`routes.ts\`, \`runtime/\` | what the client runs on |
| \`docs/\` | the reference, a page an operation |
`;
  return { path: 'README.md', text: pageHeader + text };
}
