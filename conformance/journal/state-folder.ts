import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where rolecall keeps what must outlast a run: journals, and which tenants the user owns. `ROLECALL_STATE`, or the
 * convention of the system.
 */
export function stateFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  const { ROLECALL_STATE: own, XDG_STATE_HOME: state, LOCALAPPDATA: local } = environment;
  if (own !== undefined && own !== '') return own;
  if (platform === 'win32') return join(local ?? join(homedir(), 'AppData', 'Local'), 'rolecall', 'state');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'rolecall', 'state');
  return join(state !== undefined && state !== '' ? state : join(homedir(), '.local', 'state'), 'rolecall');
}

/** Where journals are by default. */
export function journalFolder(folder: string): string {
  return join(folder, 'journals');
}

/** The default journal of a run: `journals/travel0.eu.auth0.com-rc3fk2m9xq.jsonl`. */
export function journalPath(folder: string, target: URL, mark: string): string {
  return join(journalFolder(folder), `${target.host.replaceAll(/[^\w.-]/g, '-')}-${mark}.jsonl`);
}
