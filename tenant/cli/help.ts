import { HABITS } from '../habits/habit.js';

function habitLines(): string {
  return HABITS.map(({ name, takes, summary }) => `  ${name}=VALUE  VALUE: ${takes}\n${wrapped(summary)}`).join('\n');
}

/** Indented by four columns, at most 80 columns wide. */
function wrapped(text: string): string {
  return text.replace(/(.{1,74})(?: |$)/g, '    $1\n').trimEnd();
}

/** The text after the options of `rolecall tenant --help`, at most 80 columns wide. */
export const GUIDE = `
The tenant keeps its state in memory and loses it when it stops, unless --data
names a folder: then a tenant that starts there later goes on with the state,
the credentials and the signing key, and --state is for a new folder only. A
write is answered once it would survive the end of the process. Tokens are
real: RS256, verifiable with its own key set. The client that it prints has
every scope. To get tokens with fewer scopes, create a client and a client
grant.

State file: an object in JSON or YAML with a list of items for each resource
(the resource name with an s) and a list of tuples for each relation. All lists
are optional:

  {
    "users": [
      {
        "user_id": "auth0|ada",
        "connection": "Username-Password-Authentication",
        "email": "ada@travel0.example"
      }
    ],
    "roles": [{ "id": "rol_0000000000000001", "name": "Guide" }],
    "organizations": [{ "name": "crew" }],
    "resource-servers": [
      {
        "identifier": "https://tours.example/",
        "scopes": [{ "value": "read:tours" }]
      }
    ],
    "clients": [
      {
        "client_id": "reader",
        "client_secret": "not-a-secret",
        "name": "Reader"
      }
    ],
    "client-grants": [{ "client_id": "reader", "scope": ["read:users"] }],
    "user-roles": [{ "user": "auth0|ada", "role": "Guide" }],
    "organization-members": [{ "organization": "crew", "user": "auth0|ada" }]
  }

Items have the format of the create operation and may also set the id. A client
grant without an audience is for the tenant's own API. Tuples name an item by
its id or a unique name.

Import: --import DIR starts with what auth0-deploy-cli exported, to try a
deployment on a copy. Exports have no users and no secrets; --state adds users,
and clients get new secrets. What the contract does not have is reported.

Command: rolecall tenant -- COMMAND runs COMMAND once the tenant listens, passes
signals on, and stops and exits with it. COMMAND finds the tenant in these
variables; --env prints them:

  AUTH0_DOMAIN AUTH0_CLIENT_ID AUTH0_CLIENT_SECRET AUTH0_AUDIENCE
  ROLECALL_URL ROLECALL_CLIENT_ID ROLECALL_CLIENT_SECRET ROLECALL_AUDIENCE

SDKs need --tls. Then COMMAND also trusts the certificate, by
NODE_EXTRA_CA_CERTS, SSL_CERT_FILE, REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE and, for
Java, JAVA_TOOL_OPTIONS.

Habits of the real service, for tests of paging and retry loops:

${habitLines()}

Control: requests to the control API under /_rolecall/ reset the tenant, take
snapshots, list requests, move the clock and make answers fail. They need the
token that rolecall tenant prints, ROLECALL_CONTROL_TOKEN if that is set, and
come from this machine unless --control-host allows others.

Health: GET /_rolecall/health answers 200 once the tenant listens. It needs no
token. --wait-for waits up to 60 s for another server too: your application, or
a proxy in front of the tenant.

Environment:
  ROLECALL_CONTROL_TOKEN  the token of the control API (default: a new one)
  ROLECALL_HOME  the folder for the certificates of --tls
                 (default: the user's data folder)

Exit codes:
  0  stopped by a signal, or because the process that started it ended
  2  could not start: the port is in use, a file is invalid, the plan is
     unknown, COMMAND is not found
  With COMMAND, its exit code; 128 and the signal number if a signal ended it

Examples:
  rolecall tenant --port 4000
  rolecall tenant --json --state fixtures/tenant.json
  rolecall tenant --tls --plan free
  rolecall tenant --tls -- node --version
  rolecall tenant --wait-for /_rolecall/health -- node --version
  rolecall tenant --env
`;
