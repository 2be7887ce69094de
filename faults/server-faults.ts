import type { Fault } from './fault.js';
import { type Fault as ServerFault, faults as titles } from './server/faults.js';

type Known = Pick<Fault, 'family' | 'operation' | 'level' | 'also'>;

const KNOWN: Readonly<Record<ServerFault, Known>> = {
  'members-answer-200': { family: 'status-and-shape', operation: 'organizations.members.add', level: 'standard' },
  'scope-let-through': { family: 'scopes', operation: 'users.roles.assign', level: 'standard' },
  'eleven-members': { family: 'limits', operation: 'organizations.members.add', level: 'standard' },
  'second-role-forgotten': { family: 'state', operation: 'organizations.members.roles.assign', level: 'standard' },
  'roles-outlive-deletion': { family: 'state', operation: 'roles.delete', level: 'standard' },
  'partial-add': { family: 'state', operation: 'users.roles.assign', level: 'standard' },
  'no-error-code': { family: 'input', operation: 'users.roles.assign', level: 'standard', also: ['protocol'] },
  'status-code-fixed': {
    family: 'status-and-shape',
    operation: 'users.roles.assign',
    level: 'standard',
    also: ['authentication', 'scopes'],
  },
  'reason-fixed': {
    family: 'status-and-shape',
    operation: 'users.roles.assign',
    level: 'standard',
    also: ['authentication', 'scopes'],
  },
  'expired-accepted': { family: 'authentication', operation: 'users.roles.assign', level: 'standard' },
  'signature-unchecked': { family: 'authentication', operation: 'users.roles.assign', level: 'standard' },
  'none-accepted': { family: 'authentication', operation: 'users.roles.assign', level: 'standard' },
  'percent-crashes': { family: 'protocol', operation: 'users.roles.assign', level: 'standard' },
  'page-gap': { family: 'state', operation: 'users.roles.list', level: 'hard' },
  'total-off-by-one': { family: 'state', operation: 'users.roles.list', level: 'standard' },
  'total-capped': { family: 'state', operation: 'users.roles.list', level: 'hard' },
  'total-zero-later': { family: 'state', operation: 'roles.list', level: 'hard' },
  'start-as-page': { family: 'state', operation: 'users.roles.list', level: 'hard' },
  'limit-as-count': { family: 'state', operation: 'roles.list', level: 'hard' },
  'page-size-ignored': { family: 'state', operation: 'roles.list', level: 'standard', also: ['limits'] },
  'later-page-gap': { family: 'state', operation: 'roles.list', level: 'hard' },
  'date-with-space': { family: 'status-and-shape', operation: 'users.create', level: 'standard', also: ['state'] },
  'assign-ends-memberships': { family: 'state', operation: 'users.roles.assign', level: 'hard' },
  'assign-clears-permissions': { family: 'state', operation: 'users.roles.assign', level: 'hard' },
  'refusals-as-text': {
    family: 'status-and-shape',
    operation: 'users.roles.assign',
    level: 'standard',
    also: ['authentication', 'scopes'],
  },
  'refused-but-done': {
    family: 'state',
    operation: 'users.roles.assign',
    level: 'standard',
    also: ['authentication', 'scopes', 'input', 'status-and-shape'],
  },
  'repeat-listed-twice': { family: 'state', operation: 'users.roles.assign', level: 'standard' },
  'wrong-user': { family: 'state', operation: 'users.permissions.assign', level: 'standard' },
};

/** The faults of the hand-written server, which `createIndependentTenant({ fault })` plants. */
export const serverFaults: readonly Fault[] = Object.entries(KNOWN).map(([name, known]) => ({
  name: `server-${name}`,
  ...known,
  title: Reflect.get(titles, name),
  where: 'server',
}));
