import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ContractError } from '../contract/errors.js';
import { writeFiles } from '../contract/test-support/write-files.js';
import { jobOf } from './job.js';
import { strictHint } from './strict-hint.js';

const document = (response: string): string =>
  `{"openapi": "3.1.0", "info": {"title": "Sea", "version": "1"}, "paths": {"/sea": {"get": {"responses": {"200": ${response}}}}}}`;
const refused = new ContractError('CONTRACT_INVALID', []);

describe('strictHint', () => {
  it.each([
    ['names the option where a document has warnings only', '{}', undefined, /--no-strict/],
    ['says nothing where it cannot be read either way', '{', undefined, undefined],
    ['says nothing to who asked for it with --strict', '{}', true, undefined],
  ])('%s', async (_name, response, strict, want) => {
    const spec = join(writeFiles({ 'openapi.json': document(response) }), 'openapi.json');
    const hint = await strictHint(jobOf({ spec, ...(strict === undefined ? {} : { strict }) }), refused);
    if (want === undefined) expect(hint).toBeUndefined();
    else expect(hint).toMatch(want);
  });

  it('says nothing of other errors', async () => {
    expect(await strictHint(jobOf({}), new Error('disk full'))).toBeUndefined();
  });
});
