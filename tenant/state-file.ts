import { readFile } from 'node:fs/promises';
import { TenantError } from './errors.js';

/**
 * What a state file holds, JSON or YAML, not yet held against a contract.
 *
 * @throws TenantError where it cannot be read, or is neither, with line and column
 */
export async function readStateFile(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new TenantError('TENANT_STATE_INVALID', `Cannot read the state file ${file}: ${reason}; check --state.`, {
      cause: error,
    });
  });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // JSON is YAML: the reader of YAML says where it breaks.
    return parseYaml(file, text);
  }
}

async function parseYaml(file: string, text: string): Promise<unknown> {
  const { JSON_SCHEMA, load, YAMLException } = await import('js-yaml');
  try {
    return load(text, { schema: JSON_SCHEMA });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line = 0, column = 0 } = error.mark ?? {};
    const message = `${file}:${line + 1}:${column + 1} is neither JSON nor YAML: ${error.reason}.`;
    throw new TenantError('TENANT_STATE_INVALID', message, { cause: error });
  }
}
