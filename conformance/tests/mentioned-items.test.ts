import { expect, test } from 'vitest';
import type { JsonObject } from '../../contract/contract.js';
import { withDerivedState } from '../../contract/derive/derived-state.js';
import { getPointer, isObject } from '../../contract/pointer.js';
import { readContract } from '../../contract/read/read.js';
import { json } from '../../test-support/json-content.js';
import { embeddedTarget } from '../target/embedded.js';
import { parseJson, type Target } from '../target/target.js';
import { verifyTarget } from '../test-support/verify-target.js';

/** Documents say by names only that an employee needs a department: `department_id`, `department: {id}`. */

const text = { type: 'string', minLength: 1 };
const number = { type: 'integer' };
const id = { name: 'id', in: 'path', required: true, schema: number };

function collection(name: string, properties: JsonObject): JsonObject {
  const body = json({ type: 'object', required: Object.keys(properties), properties });
  const item = {
    type: 'object',
    required: ['id', ...Object.keys(properties)],
    properties: { id: number, ...properties },
  };
  const refusals = { '404': { description: 'unknown' }, '422': { description: 'invalid' } };
  const answers = (status: string, schema?: JsonObject) => ({
    responses: { [status]: { description: 'ok', ...(schema && json(schema)) }, ...refusals },
  });
  return {
    [`/${name}s`]: {
      get: { operationId: `${name}.list`, ...answers('200', { type: 'array', items: item }) },
      post: { operationId: `${name}.create`, requestBody: { required: true, ...body }, ...answers('201', item) },
    },
    [`/${name}s/{id}`]: {
      parameters: [id],
      get: { operationId: `${name}.read`, ...answers('200', item) },
      put: { operationId: `${name}.replace`, requestBody: { required: true, ...body }, ...answers('200', item) },
      delete: { operationId: `${name}.delete`, ...answers('204') },
    },
  };
}

/** Departments and employees with these properties besides. */
const staff = (properties: JsonObject) =>
  readContract(
    // Each place has a schema of its own, as in a file.
    JSON.parse(
      JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'Staff', version: '1' },
        paths: {
          ...collection('department', { title: text }),
          ...collection('employee', { name: text, ...properties }),
        },
      }),
    ),
  );
const document = staff({ department_id: number });

interface StrictOptions {
  /** Whether an employee stays in the first department. */
  readonly isKept?: boolean;
  readonly served?: typeof document;
  /** Where bodies have the number of a department. */
  readonly at?: string;
}

/** Refuses employees of unknown departments. */
async function strictTarget({
  isKept = false,
  served = document,
  at = '/department_id',
}: StrictOptions = {}): Promise<Target> {
  const target = await embeddedTarget(served);
  const departments = new Set<number>();
  return {
    ...target,
    send: async (request, limits) => {
      const { json: body } = parseJson(request.body ?? '');
      const department = isObject(body) ? getPointer(body, at) : undefined;
      if (isObject(body) && isObject(body.department) && body.department.id === undefined)
        return { status: 422, headers: {}, text: '' };
      if (typeof department === 'number' && !departments.has(department))
        return { status: 404, headers: { 'content-type': 'application/json' }, ...answerOf({ detail: 'unknown' }) };
      const [first] = departments;
      const kept = isKept && request.method === 'PUT' && department !== undefined && isObject(body);
      const sent = kept ? { ...request, body: JSON.stringify({ ...body, department_id: first }) } : request;
      const answer = await target.send(sent, limits);
      if (request.path === '/departments' && answer.status === 201) departments.add(JSON.parse(answer.text).id);
      return answer;
    },
  };
}

function answerOf(value: JsonObject) {
  return { text: JSON.stringify(value), json: value };
}

const { contract } = withDerivedState(document);

test('a server that knows only items that exist is checked like any other', async () => {
  const { verdict, findings, leftovers, checks } = await verifyTarget(contract, await strictTarget(), { only: [] });
  expect({ verdict, findings, leftovers }).toEqual({ verdict: 'conforms', findings: [], leftovers: [] });
  const passed = checks.flatMap(({ operation, id, outcome }) => (outcome === 'passed' ? [`${operation}/${id}`] : []));
  expect(passed).toEqual(
    expect.arrayContaining([
      ...['employee.create/created-is-read', 'employee.replace/updated-is-read', 'employee.delete/deleted-is-gone'],
      'employee.list/resource-listing',
    ]),
  );
});

const numbered = { type: 'object', properties: { id: number } };
const keyed: JsonObject = { ...numbered, required: ['id'] };
const described = { ...numbered, required: ['id', 'title'], properties: { id: number, title: text } };

test.each<{ given: JsonObject; at: string }>([
  { given: { department: numbered }, at: '/department/id' },
  { given: { department: keyed }, at: '/department/id' },
  { given: { department: described }, at: '/department/id' },
  { given: { departments: { type: 'array', minItems: 1, items: keyed } }, at: '/departments/0/id' },
  {
    given: { post: { type: 'object', required: ['department_id'], properties: { department_id: number } } },
    at: '/post/department_id',
  },
  {
    given: {
      posts: {
        type: 'array',
        minItems: 2,
        items: { type: 'object', required: ['department'], properties: { department: keyed } },
      },
    },
    at: '/posts/1/department/id',
  },
])('a server that knows only items that exist is checked, where bodies name them at $at', async ({ given, at }) => {
  const served = staff(given);
  const report = await verifyTarget(withDerivedState(served).contract, await strictTarget({ served, at }), {
    only: ['employee.*'],
  });
  const { verdict, findings, leftovers, checks } = report;
  expect({ verdict, findings, leftovers }).toEqual({ verdict: 'conforms', findings: [], leftovers: [] });
  const passed = checks.flatMap(({ operation, id, outcome }) => (outcome === 'passed' ? [`${operation}/${id}`] : []));
  expect(passed).toEqual(
    expect.arrayContaining(['employee.create/created-is-read', 'employee.replace/updated-is-read']),
  );
});

test('an update that keeps what the item has mentioned is found', async () => {
  const target = await strictTarget({ isKept: true });
  const { findings } = await verifyTarget(contract, target, { only: ['employee.replace/updated-is-read'] });
  expect(findings.map(({ cause }) => cause)).toEqual(['property department_id was not updated']);
});

test('a creation that fails is found where the body mentions what exists', async () => {
  const target = await strictTarget();
  const broken: Target = {
    ...target,
    send: async (request, limits) => {
      const answer = await target.send(request, limits);
      const isCreation = request.method === 'POST' && request.path === '/employees' && answer.status === 201;
      return isCreation ? { status: 500, headers: {}, text: '' } : answer;
    },
  };
  const { findings } = await verifyTarget(contract, broken, { only: ['employee.create/documented-success'] });
  expect(findings.map(({ code, operations }) => [code, ...operations])).toEqual([['SERVER_ERROR', 'employee.create']]);
});

test('a count with the name of a resource keeps its limits', async () => {
  const counted = staff({
    department: { type: 'integer', maximum: 5 },
    departments: { type: 'array', minItems: 2, items: number },
  });
  const { verdict, findings } = await verifyTarget(withDerivedState(counted).contract, await embeddedTarget(counted), {
    only: ['employee.create/*', 'employee.replace/*'],
  });
  expect({ verdict, findings }).toEqual({ verdict: 'conforms', findings: [] });
});
