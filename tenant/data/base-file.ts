import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Contract } from '../../contract/contract.js';
import { TenantError } from '../errors.js';
import { applyChange } from '../store/apply-change.js';
import type { Change } from '../store/change.js';
import { changesOf } from '../store/dump.js';
import { Store } from '../store/store.js';
import { decodeLog, encodeRecord } from './record.js';

/** A whole state. */
export interface KeptState {
  readonly store: Store;
  /** The order of the management API in its table; 0 if there is none. */
  readonly api: number;
}

/** The last record. */
type End = readonly ['end', order: number, api: number];

const STEPS_PER_RECORD = 1000;

/** Writes a state: the steps that make it. The file is complete or not there. @returns its length in bytes */
export function writeBase(path: string, contract: Contract, { store, api }: KeptState): number {
  const file = openSync(`${path}.tmp`, 'w', 0o600);
  let length = 0;
  let isWhole = false;
  try {
    const write = (value: unknown): void => {
      length += writeWhole(file, encodeRecord(value));
    };
    let steps: Change[] = [];
    for (const change of changesOf(contract, store)) {
      if (steps.push(change) < STEPS_PER_RECORD) continue;
      write(steps);
      steps = [];
    }
    if (steps.length > 0) write(steps);
    write(['end', store.order, api] satisfies End);
    fsyncSync(file);
    isWhole = true;
  } finally {
    closeSync(file);
    if (!isWhole) rmSync(`${path}.tmp`, { force: true }); // on a full disk, it is in the way
  }
  renameSync(`${path}.tmp`, path);
  return length;
}

/** @throws TenantError on a damaged file */
export async function readBase(path: string, contract: Contract): Promise<KeptState & { readonly length: number }> {
  const store = new Store(contract);
  const base = await readFile(path);
  let end: End | undefined;
  const { length, isDamaged } = decodeLog(base, (record) => {
    if (isEnd(record)) end = record;
    else applyRecord(contract, store, record);
  });
  if (end === undefined || isDamaged || length < base.length)
    throw damaged(path, length, 'restore it from a copy, or choose another folder with --data');
  store.order = end[1];
  return { store, api: end[2], length };
}

/** @param record - the steps of one request, or of a part of a base; whole by its checksum, and written by this folder */
export function applyRecord(contract: Contract, store: Store, record: unknown): void {
  for (const change of record as readonly Change[]) applyChange(contract, store, change);
}

export function damaged(path: string, length: number, advice: string): TenantError {
  return new TenantError('TENANT_DATA_INVALID', `${path} is damaged at byte ${length}; ${advice}`);
}

/** Writes all of a record, which the system may take in parts. @returns its length */
export function writeWhole(file: number, record: Buffer): number {
  let written = 0;
  while (written < record.length) written += writeSync(file, record, written, record.length - written);
  return written;
}

function isEnd(record: unknown): record is End {
  return Array.isArray(record) && record[0] === 'end';
}
