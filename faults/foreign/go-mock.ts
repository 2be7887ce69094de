import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { verify } from '../../conformance/verify.js';
import { packageRoot } from '../../contract/load/package-root.js';

const SOURCE = join(packageRoot(), 'faults', 'foreign', 'go-mock');
/** The one token that the mock accepts. */
const TOKEN = 'test-token';

/**
 * The expected findings, each with its reason in `go-mock/main.go`. A finding that is not listed is either false, or
 * repeats one of these.
 */
const TRUE_FINDINGS: Readonly<Record<string, string>> = {
  'refusals have other statuses than documented':
    'malformed tokens get 401 instead of 400, and unknown ids get 404 before the request is validated',
  'header www-authenticate of token-missing': 'the mock never sends the header',
  'an error has another errorCode than documented': 'errors have no errorCode',
  'the message of an error differs': 'the mock has other messages',
  'invalid bodies are accepted': 'bodies are decoded into structs, which refuses only wrong types',
  'invalid query parameters are accepted': 'only page and per_page are validated',
  'invalid requests are accepted': 'neither limits nor the requirements of connections are checked',
  'properties are not kept as they were sent': 'the structs have only some of the properties',
  'violated in several ways: An update of one property leaves the others alone':
    'encoding/json leaves a field unchanged when it decodes null',
  'valid requests get other statuses than documented':
    'deleting an unknown item gets 404, and so do the roles of a user who is not a member',
  'status 404 instead of 204': 'deleting an unknown item gets 404',
  'status 404 instead of 200': 'the roles of a user who is not a member get 404',
  'a body does not match its schema': 'users have no picture, some have no name, and permissions have two properties',
  'violated in several ways: Only the requested properties are shown': 'fields is ignored',
  'violated in several ways: A listing shows each resource once, and filters select':
    'filters, sort and checkpoints are ignored',
  'content type': 'a 201 has neither body nor content type',
  'violated in several ways: Pages add up to the whole listing': 'take and from are ignored',
  'checkpoints: a page is larger than requested': 'take is ignored',
  'a page has more entries than take': 'take is ignored',
  'the listing by user lacks a permission': 'permissions from roles are not listed',
  'roles does not show the set': 'members are listed without roles',
  'the listing by role wrongly shows a permission': 'permissions of a deleted API are not removed',
  'the listing fails with 404': 'the roles of a removed member get 404',
  'accepted although another user has the same phone_number and connection': 'users have no phone number',
  'accepted although the body names an unknown organization': 'roles have no organization',
  'a refused request changed something':
    'a body is decoded into a copy that shares its maps with the stored item, so that a refusal leaves entries behind',
};

export interface MockResult {
  readonly requests: number;
  readonly findings: number;
  /** The causes that are not in `TRUE_FINDINGS`. */
  readonly unexpected: readonly string[];
}

/** Whether there is a Go compiler. */
export async function hasGo(): Promise<boolean> {
  return promisify(execFile)('go', ['version']).then(
    () => true,
    () => false,
  );
}

/** Builds the mock, runs it, and verifies it at standard depth. */
export async function verifyGoMock(): Promise<MockResult> {
  const folder = await mkdtemp(join(tmpdir(), 'rolecall-go-mock-'));
  const program = join(folder, 'mock');
  let child: ChildProcess | undefined;
  try {
    await promisify(execFile)('go', ['build', '-o', program, '.'], { cwd: SOURCE });
    const started = spawn(program, { stdio: ['ignore', 'pipe', 'inherit'] });
    child = started;
    const [target] = (await once(createInterface(started.stdout), 'line')) as [string];
    return await verifyMock(target);
  } finally {
    child?.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

async function verifyMock(target: string): Promise<MockResult> {
  for await (const event of verify({ target, token: TOKEN, seed: 1, depth: 'standard', allowMissing: true })) {
    if (event.kind !== 'reported') continue;
    const { findings, summary } = event.report;
    const counted = findings.filter(({ severity }) => severity !== 'observed');
    const unexpected = counted.map(({ cause }) => cause).filter((cause) => !Object.hasOwn(TRUE_FINDINGS, cause));
    return { requests: summary.requests, findings: counted.length, unexpected };
  }
  throw new Error('The run has no report.');
}
