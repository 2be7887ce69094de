import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import formats from 'ajv-formats';
import { packageRoot } from '../contract/load/package-root.js';

const require = createRequire(import.meta.url);

/** The faults of a HAR 1.2 document by its schema (npm har-schema). */
export function harFaults(document: unknown): readonly ErrorObject[] {
  const ajv = createAjv();
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
  const schemas: Readonly<Record<string, object>> = require('har-schema');
  for (const schema of Object.values(schemas)) ajv.addSchema(schema);
  return faultsOf(ajv, 'har.json#', document);
}

/** The faults of a SARIF 2.1.0 document by its schema, of the SARIF SDK (MIT license). */
export function sarifFaults(document: unknown): readonly ErrorObject[] {
  const file = join(packageRoot(), 'conformance/report/fixtures/sarif-2.1.0.schema.json');
  // It says draft 4, of which it uses nothing that later drafts read in another way.
  const { $schema: _schema, id: _id, ...schema } = JSON.parse(readFileSync(file, 'utf8'));
  const ajv = createAjv().addSchema(schema, 'sarif');
  return faultsOf(ajv, 'sarif', document);
}

function createAjv(): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  return ajv;
}

function faultsOf(ajv: Ajv, schema: string, document: unknown): readonly ErrorObject[] {
  const validate = ajv.getSchema(schema);
  if (validate === undefined) throw new RangeError(`There is no schema "${schema}".`);
  return validate(document) ? [] : (validate.errors ?? []);
}
