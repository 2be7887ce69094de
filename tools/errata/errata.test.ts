import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../../contract/contract.js';
import { defaultContract } from '../../contract/load/default.js';
import { loadContract } from '../../contract/load/load.js';
import { packageRoot } from '../../contract/load/package-root.js';
import { readContract } from '../../contract/read/read.js';
import { isStated } from './covers.js';
import { errataOf } from './errata.js';
import { evidenceEntries } from './evidence-entries.js';
import { errataMarkdown } from './markdown.js';
import { officialDifferences } from './official-differences.js';
import { currentErrata } from './write-errata.js';

const OFFICIAL = join(packageRoot(), '../shared/evidence/official-openapi.json');

const school = readContract({
  openapi: '3.1.0',
  info: { title: 'School', version: '1' },
  paths: {
    '/pupils/{id}': {
      delete: {
        operationId: 'pupils.delete',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { '204': { description: 'Gone.' }, '404': { $ref: '#/components/responses/Unknown' } },
        'x-evidence': {
          '/responses/204': {
            grade: 'recorded',
            source: 'visits',
            seen: 3,
            against: 'official document: 200; seed 1: 202',
          },
        },
      },
    },
  },
  components: {
    responses: {
      Unknown: {
        description: 'No such pupil.',
        content: { 'application/json': { schema: { type: 'object', required: ['reason'] } } },
        'x-evidence': { '': { grade: 'inferred', source: 'elsewhere', against: 'official document: no 404' } },
      },
    },
  },
});

describe('errata of a contract', () => {
  it('are the contradictions in its evidence, by source', () => {
    const [pupils] = errataOf(school).operations;
    expect(pupils?.recorded).toEqual([['204', 3]]);
    expect(pupils?.errata).toEqual([
      {
        fact: 'status 204',
        ours: '204',
        official: '200',
        others: 'seed 1: 202',
        wire: 'visits',
        grade: 'recorded: visits',
        seen: 3,
      },
    ]);
  });

  it('in shared components are listed with the operations that use them', () => {
    expect(errataOf(school).shared).toMatchObject([
      { name: 'response Unknown', errata: [{ official: 'no 404' }], usedBy: [{ id: 'pupils.delete' }] },
    ]);
  });

  it('are rendered as a table', () => {
    expect(errataMarkdown(errataOf(school))).toContain(
      '| status 204 | 200 | seed 1: 202 | 3 × in visits | 204 | recorded: visits |',
    );
  });
});

describe('spec/ERRATA.md', () => {
  it('is current; otherwise run `npm run errata`', async () => {
    const { file, text } = await currentErrata();
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

describe.skipIf(!existsSync(OFFICIAL))('the official document', () => {
  let ours: Contract;
  let official: Contract;
  beforeAll(async () => {
    ours = await defaultContract();
    ({ contract: official } = await loadContract(OFFICIAL));
  });

  it('differs from the contract in statuses, scopes and limits only where the contract says so', () => {
    const unstated = officialDifferences(ours, official)
      // A path never has an empty segment, so a minLength of 1 needs no source.
      .filter(({ fact }) => !(fact.startsWith('/parameters/') && fact.endsWith('/minLength')))
      .filter((difference) => !isStated(difference, evidenceEntries(ours, difference.operation)))
      .map(
        ({ operation, fact, official, ours }) =>
          `${operation.id} ${fact}: ${JSON.stringify(official)}, ours ${JSON.stringify(ours)}`,
      );
    expect(unstated).toEqual([]);
  });

  it('differs in the known facts', () => {
    const known = officialDifferences(ours, official).map(
      ({ operation, fact }) => `${operation.method} ${operation.path} ${fact}`,
    );
    expect(known).toEqual(
      expect.arrayContaining([
        'DELETE /roles/{id}/permissions /responses/204',
        'PATCH /resource-servers/{id} /responses/200',
        'POST /organizations/{id}/members /requestBody/members/maxItems',
        'POST /users/{id}/roles /security',
      ]),
    );
  });
});

if (!existsSync(OFFICIAL)) console.log('skipped: the official document is not at ../shared/evidence');
