import type { Contract } from '../../../contract/contract.js';
import type { ClientPlan } from '../../client/plan.js';
import type { GeneratedFile } from '../generated-file.js';
import { pageHeader } from '../text/header.js';

/** Emits `README.md`: what the folder contains and how to use it in another project. */
export function emitReadme(contract: Contract, { methods, server }: ClientPlan): GeneratedFile {
  const [method] = methods;
  const call = method ? `client.${method.path.join('.')}(…)` : 'client';
  const token = server.tokenUrl === '' ? "token: '…'" : "token: { clientId: '…', clientSecret: '…' }";
  const text = `# A client for ${contract.title}

Copy this folder into a TypeScript project and install its only dependency:

\`\`\`sh
npm install openapi-fetch
\`\`\`

\`\`\`ts
import { createClient } from './generated/client.js';

const client = createClient({ baseUrl: 'https://…', ${token} });
const result = await ${call};
\`\`\`

Check \`ok\` of a result, then \`status\`. TypeScript narrows \`error\` by the status, and by the error code if the contract
has one. \`unwrap(result)\` returns the data or throws. Responses that are not in the contract (another status, another
content type, the error page of a proxy) are failures with the status \`unexpected\`. Without a response, the promise is
rejected. Bodies are not validated against their schemas, and a server may send error codes that are not in the
contract: handle them in a default branch.

| file | content |
|---|---|
| \`client.ts\` | typed, documented methods in groups |
| \`types.ts\` | the types of all schemas and operations |
| \`operations.ts\` | scopes, limits, relations and errors of each operation, to read at run time |
| \`routes.ts\`, \`runtime/\` | what the client needs at run time |
| \`docs/\` | the reference, one page per operation |
`;
  return { path: 'README.md', text: pageHeader + text };
}
