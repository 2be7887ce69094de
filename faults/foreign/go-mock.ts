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
 * What verify finds of the mock, and why it is true: read in `go-mock/main.go`. Another finding is false, or repeats one
 * of these.
 */
const TRUE_FINDINGS: Readonly<Record<string, string>> = {
  'refusals have other statuses than documented':
    'a token that is no JSON Web Token gets 401 instead of 400, and what is looked up first gets 404 instead of 400',
  'header www-authenticate of token-missing': 'no refusal has the header',
  'an error has another errorCode than documented': 'no error has one',
  'the message of an error differs': 'its texts are its own',
  'invalid bodies are accepted': 'bodies are decoded into structs: only wrong types are refused',
  'invalid query parameters are accepted': 'only page and per_page are read and checked',
  'invalid requests are accepted': 'it knows no limits, nor what a connection requires',
  'properties are not kept as they were sent': 'its structs have some properties only',
  'violated in several ways: An update of one property leaves the others alone': 'a null leaves a field as it is',
  'valid requests get other statuses than documented':
    'deleting or removing what is unknown gets 404, and so do the roles of a user who is not a member',
  'a body does not match its schema': 'no user has a picture, some have no name, and permissions have two properties',
  'violated in several ways: Only the requested properties are shown': 'it does not read fields',
  'violated in several ways: A listing shows each resource once, and filters select':
    'it reads no filter, no sort, and knows no checkpoints',
  'content type': 'a 201 has no body, and so no type',
  'violated in several ways: Pages add up to the whole listing': 'it does not read take and from',
  'checkpoints: a page is larger than requested': 'it does not read take',
  'a page has more entries than take': 'it does not read take',
  'the listing by user lacks a permission': 'it does not show the permissions of roles',
  'roles does not show the set': 'members have no roles',
  'the listing by role wrongly shows a permission': 'the permissions of a deleted API stay',
  'the listing fails with 404': 'who was removed is not a member',
  'accepted although another user has the same phone_number and connection': 'it has no phone numbers',
  'accepted although the body names an unknown organization': 'roles have no organization',
};

export interface MockResult {
  readonly requests: number;
  readonly findings: number;
  /** The causes that nobody has read and found true. */
  readonly unread: readonly string[];
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
    const unread = counted.map(({ cause }) => cause).filter((cause) => !Object.hasOwn(TRUE_FINDINGS, cause));
    return { requests: summary.requests, findings: counted.length, unread };
  }
  throw new Error('The run has no report.');
}
