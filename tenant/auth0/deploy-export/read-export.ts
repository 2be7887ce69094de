import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Json, JsonObject } from '../../../contract/contract.js';
import { fileErrorReason } from '../../../contract/file-error.js';
import { isObject } from '../../../contract/pointer.js';
import { TenantError } from '../../errors.js';
import { readStateFile } from '../../state/state-file.js';

/** What an export contains, under the keys that its YAML form has: `clients`, `resourceServers`. */
export type DeployExport = Readonly<Record<string, readonly JsonObject[]>>;

/** The folders of the directory form whose names are not the keys of the YAML form. */
const KEYS: Readonly<Record<string, string>> = {
  'resource-servers': 'resourceServers',
  'database-connections': 'databases',
  grants: 'clientGrants',
};

/** One of these is in every folder of an export. */
const FOLDERS: ReadonlySet<string> = new Set([
  'clients',
  'connections',
  'organizations',
  'roles',
  ...Object.keys(KEYS),
]);

/**
 * Reads what `auth0-deploy-cli export` wrote: a folder with a folder for each kind of item, or a YAML file, or the folder
 * of that file.
 *
 * @throws TenantError if there is no export, or a file of it cannot be read or parsed
 */
export async function readDeployExport(path: string): Promise<DeployExport> {
  if (await isFile(path)) return readYamlForm(path);
  const names = await namesIn(path);
  const yaml = names.find((name) => /^tenant\.ya?ml$/.test(name));
  if (yaml !== undefined) return readYamlForm(join(path, yaml));
  const kinds = await Promise.all(
    names.map(async (name) => [KEYS[name] ?? keyOf(name), await itemsIn(join(path, name))] as const),
  );
  const found = kinds.filter(([, items]) => items.length > 0);
  if (!names.some((name) => FOLDERS.has(name)) || found.length === 0)
    throw importError(path, 'expected tenant.yaml or folders such as clients, found neither');
  return Object.fromEntries(found);
}

async function readYamlForm(file: string): Promise<DeployExport> {
  const value = (await readStateFile(file)) as Json;
  if (!isObject(value)) throw importError(file, 'expected an object with lists such as clients');
  const folders = [dirname(file), join(dirname(file), 'connections')];
  const lists = Object.entries(value).map(async ([key, list]) => {
    const items = (Array.isArray(list) ? (list as readonly Json[]) : [list]).filter(isObject);
    return [key, await Promise.all(items.map((item) => withMailText(item, folders)))] as const;
  });
  return Object.fromEntries(await Promise.all(lists));
}

/** The items of a kind: a file each, or a folder each with a file of its name's kind, such as `database.json`. */
async function itemsIn(path: string): Promise<readonly JsonObject[]> {
  if (await isFile(path)) return extname(path) === '.json' ? [await itemOf(path)] : [];
  const items: JsonObject[] = [];
  for (const name of await namesIn(path)) {
    const entry = join(path, name);
    if (extname(name) === '.json') items.push(await itemOf(entry));
    else if (!(await isFile(entry))) {
      const own = (await namesIn(entry)).filter((each) => extname(each) === '.json');
      for (const each of own) items.push(await itemOf(join(entry, each)));
    }
  }
  return items;
}

async function itemOf(file: string): Promise<JsonObject> {
  const value = (await readStateFile(file)) as Json;
  // Items of some kinds, such as the texts of pages, are lists.
  return isObject(value) ? withMailText(value, [dirname(file)]) : { name: basename(file) };
}

/** The text of a connection's mails is in a file of its own, which the connection names. @param folders - where it may be */
async function withMailText(item: JsonObject, folders: readonly string[]): Promise<JsonObject> {
  const { options } = item;
  const mail = isObject(options) ? options.email : undefined;
  if (!isObject(options) || !isObject(mail) || typeof mail.body !== 'string') return item;
  if (!/^\.\/[^\n]*\.html$/.test(mail.body)) return item;
  for (const folder of folders) {
    const file = join(folder, basename(mail.body));
    const body = await readFile(file, 'utf8').catch(() => undefined);
    if (body !== undefined) return { ...item, options: { ...options, email: { ...mail, body } } };
  }
  return item;
}

/** `tenant.json` is of the kind `tenant`. */
function keyOf(name: string): string {
  return basename(name, extname(name));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  } catch (error) {
    throw importError(folder, fileErrorReason(error), error);
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    throw importError(path, fileErrorReason(error), error);
  }
}

function importError(path: string, reason: string, cause?: unknown): TenantError {
  const message = `cannot import "${path}" (--import): ${reason}; pass a folder that "a0deploy export" wrote`;
  return new TenantError('TENANT_IMPORT', message, { cause });
}
