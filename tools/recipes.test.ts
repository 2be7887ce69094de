import { validateWorkflow } from '@action-validator/core';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { codeBlocks } from '../test-support/pages.js';

const [workflow = '', job = ''] = codeBlocks('docs/verify-in-ci.md', 'yaml');

/** What Kubernetes requires of an indexed job, of https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/job-v1/. */
const JOB = {
  type: 'object',
  required: ['apiVersion', 'kind', 'metadata', 'spec'],
  properties: {
    apiVersion: { const: 'batch/v1' },
    kind: { const: 'Job' },
    metadata: {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string', pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$' } },
    },
    spec: {
      type: 'object',
      required: ['template', 'completions', 'completionMode'],
      additionalProperties: false,
      properties: {
        completions: { type: 'integer', minimum: 1 },
        parallelism: { type: 'integer', minimum: 0 },
        completionMode: { enum: ['NonIndexed', 'Indexed'] },
        backoffLimit: { type: 'integer', minimum: 0 },
        template: {
          type: 'object',
          required: ['spec'],
          properties: {
            spec: {
              type: 'object',
              required: ['containers', 'restartPolicy'],
              additionalProperties: false,
              properties: {
                restartPolicy: { enum: ['Never', 'OnFailure'] },
                volumes: { type: 'array', items: { type: 'object', required: ['name'] } },
                containers: {
                  type: 'array',
                  minItems: 1,
                  items: {
                    type: 'object',
                    required: ['name', 'image'],
                    additionalProperties: false,
                    properties: {
                      name: { type: 'string' },
                      image: { type: 'string' },
                      command: { type: 'array', items: { type: 'string' } },
                      args: { type: 'array', items: { type: 'string' } },
                      envFrom: { type: 'array', items: { type: 'object' } },
                      volumeMounts: { type: 'array', items: { type: 'object', required: ['name', 'mountPath'] } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
};

interface IndexedJob {
  readonly spec: {
    readonly completions: number;
    readonly completionMode: string;
    readonly template: { readonly spec: { readonly containers: readonly { readonly args: readonly string[] }[] } };
  };
}

describe('the recipes for several machines', () => {
  test('of GitHub Actions are valid', () => {
    expect(validateWorkflow(workflow).errors).toEqual([]);
  });

  test('of Kubernetes are valid', () => {
    const validate = new Ajv().compile(JOB);
    expect([validate(load(job)), validate.errors]).toEqual([true, null]);
  });

  test('run as many parts as they say', () => {
    const { spec } = load(job) as IndexedJob;
    expect(spec.completionMode).toBe('Indexed');
    expect(spec.template.spec.containers[0]?.args[0]).toContain(`--shards ${spec.completions} `);
    expect(workflow).toContain('shard: [1, 2, 3, 4]');
    expect(workflow).toMatch(/--shard \$\{\{ matrix\.shard \}\}\/4 /);
  });
});
