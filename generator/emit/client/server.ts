import type { Contract, Operation } from '../../../contract/contract.js';
import { sentRequirements } from '../../client/credentials.js';
import type { ClientPlan } from '../../client/plan.js';
import { openOperations } from '../../client/security.js';
import type { GeneratedFile } from '../generated-file.js';
import { codeHeader } from '../text/comment.js';
import { Code, literal } from '../text/literal.js';

/** Emits `server.ts`: what the contract says about the server as a whole, and how requests are authorized. */
export function emitServer({ server: { schemes, ...facts } }: ClientPlan, { shared }: AccessPlan): GeneratedFile {
  const table = Object.fromEntries(schemes.map(({ name, scheme }) => [name, scheme]));
  const start = 'const authorize = /* @__PURE__ */ authorizer(';
  const lines = [
    ...(shared.size > 0 ? ["import { authorizer } from './runtime/authorize.js';"] : []),
    `import type { ${shared.size > 0 ? 'Access, ' : ''}Server } from './runtime/route.js';`,
    '',
    `export const server: Server = ${literal({ ...facts }, 0, 'export const server: Server = '.length)};`,
    ...(shared.size > 0 ? ['', `${start}${literal(table, 0, start.length)});`, ''] : []),
    // Marked as pure, so that bundles contain only those that their calls use.
    ...[...shared].map(
      ([name, requirements]) =>
        `export const ${name}: Access = /* @__PURE__ */ authorize(${requirements.map((one) => literal(one)).join(', ')});`,
    ),
    '',
  ];
  return { path: 'server.ts', text: codeHeader + lines.join('\n') };
}

/** How the operations of a contract are authorized. */
export interface AccessPlan {
  /** The security requirements that several operations share, by the name of the constant that applies them. */
  readonly shared: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** For a route: nothing if only the token is sent, `0` if nothing is, else the name of a constant. */
  of(operation: Operation): 0 | Code | undefined;
}

export function planAccess(contract: Contract, { methods }: ClientPlan): AccessPlan {
  const open = openOperations(contract);
  const names = new Map<string, string>();
  const shared = new Map<string, readonly (readonly string[])[]>();
  const byOperation = new Map(
    methods.map(({ operation }): [string, 0 | Code | undefined] => {
      const requirements = sentRequirements(contract, operation);
      if (requirements === undefined) return [operation.id, open.has(operation.id) ? 0 : undefined];
      const key = JSON.stringify(requirements);
      const name = names.get(key) ?? `access${names.size + 1}`;
      names.set(key, name);
      shared.set(name, requirements);
      return [operation.id, new Code(name)];
    }),
  );
  return { shared, of: ({ id }) => byOperation.get(id) };
}
