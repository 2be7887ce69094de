import { closeSync, fdatasyncSync, fsyncSync, ftruncateSync, openSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contract } from '../../contract/contract.js';
import { fileErrorReason } from '../../contract/file-error.js';
import { TenantError } from '../errors.js';
import type { Change } from '../store/change.js';
import type { Store } from '../store/store.js';
import { applyRecord, damaged, type KeptState, readBase, writeBase, writeWhole } from './base-file.js';
import { lockFolder } from './folder-lock.js';
import { decodeLog, encodeRecord } from './record.js';
import { checkTenantFile, readTenantFile, TENANT_FILE, type TenantFile, writeTenantFile } from './tenant-file.js';

/** Where a tenant keeps its data. */
export interface DataOptions {
  /** Where the data is; created if it does not exist. */
  readonly folder: string;
  /** Whether every write is on the disk before it is acknowledged, and so survives a loss of power. Default: false. */
  readonly sync?: boolean | undefined;
}

/** A log that is longer than this and twice its base becomes a base, in bytes. */
const MIN_LOG = 16 * 1024 * 1024;

/**
 * The data of a tenant in a folder: a base, which is a whole state, and a log of what has changed since. Of a log, a torn
 * last record is dropped: its request was never acknowledged.
 */
export class DataFolder {
  readonly #contract: Contract;
  readonly #options: DataOptions;
  readonly #minLog: number;
  readonly #unlock: () => Promise<void>;
  #tenant: TenantFile | undefined;
  /** The number of the base; 0 before the first. */
  #number = 0;
  #log: number | undefined;
  #logLength = 0;
  #baseLength = 0;
  /** A log up to this length stays one: its base could not be written. */
  #longestLog = 0;
  /** Whether the state has changes that the files lack, because they could not be written. */
  #isBehind = false;

  private constructor(
    contract: Contract,
    options: DataOptions,
    { minLog, unlock }: { readonly minLog: number; readonly unlock: () => Promise<void> },
  ) {
    this.#contract = contract;
    this.#options = options;
    this.#minLog = minLog;
    this.#unlock = unlock;
  }

  /**
   * @param minLog - the length from which a log may become a base, in bytes
   * @throws TenantError if the folder is in use, cannot be read or written, or has the data of another contract
   */
  static async open(contract: Contract, options: DataOptions, minLog = MIN_LOG): Promise<DataFolder> {
    const { folder } = options;
    let data: DataFolder | undefined;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      data = new DataFolder(contract, options, { minLog, unlock: await lockFolder(folder) });
      data.#tenant = await readTenantFile(folder);
      if (data.#tenant !== undefined) checkTenantFile(data.#tenant, contract, folder);
      return data;
    } catch (cause) {
      await data?.close();
      if (cause instanceof TenantError) throw cause;
      const message = `cannot use the data folder ${folder}: ${fileErrorReason(cause)}; check --data`;
      throw new TenantError('TENANT_DATA_INVALID', message, { cause });
    }
  }

  /** Who the tenant is; undefined in a new folder. */
  get tenant(): TenantFile | undefined {
    return this.#tenant;
  }

  /** Keeps who the tenant is: the first thing in a new folder. */
  async introduce(tenant: TenantFile): Promise<void> {
    await writeTenantFile(this.#options.folder, tenant);
    this.#tenant = tenant;
  }

  /** What was kept; undefined in a new folder. @throws TenantError if data is damaged or a file is missing */
  async load(): Promise<KeptState | undefined> {
    const names = await readdir(this.#options.folder);
    const numbers = (kind: string) => names.map((name) => Number(FILE.exec(name)?.groups?.[kind] ?? 0));
    this.#number = Math.max(0, ...numbers('base'));
    const log = Math.max(0, ...numbers('log'));
    // The tenant is written before the first base, and a base before its log.
    if (log > this.#number) throw missing(join(this.#options.folder, `${log}.base`));
    if (this.#number === 0) return undefined;
    if (this.#tenant === undefined) throw missing(join(this.#options.folder, TENANT_FILE));
    const base = await readBase(this.#path('base'), this.#contract);
    this.#baseLength = base.length;
    await this.#replay(base.store);
    return base;
  }

  /** Applies the log, and opens it for more. */
  async #replay(store: Store): Promise<void> {
    const path = this.#path('log');
    const log = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return Buffer.alloc(0); // the process ended right after the base
      throw error;
    });
    const { length, isDamaged } = decodeLog(log, (record) => applyRecord(this.#contract, store, record));
    if (isDamaged)
      throw damaged(path, length, 'cut it there to go on with what is before, or choose another folder with --data');
    if (length < log.length) await truncate(path, length);
    this.#log = openSync(path, 'a', 0o600);
    this.#logLength = length;
  }

  /** Keeps the changes of a request. They survive the end of this process once this returns. @throws the system's error */
  #append(changes: readonly Change[]): void {
    if (this.#log === undefined) throw new Error('no log is open');
    try {
      const length = writeWhole(this.#log, encodeRecord(changes));
      if (this.#options.sync === true) fdatasyncSync(this.#log);
      this.#logLength += length;
    } catch (error) {
      this.#isBehind = !isCut(this.#log, this.#logLength);
      throw error;
    }
  }

  /**
   * Keeps the changes of a request, or all of its state where the log cannot go on.
   *
   * @throws TenantError if they cannot be written; then the caller takes them back
   */
  keep(changes: readonly Change[], state: () => KeptState): void {
    // Later changes may refer to what the log lacks.
    if (this.#isBehind) {
      this.replace(state());
      return;
    }
    this.#writing(() => this.#append(changes));
    if (this.#logLength > Math.max(this.#minLog, 2 * this.#baseLength, this.#longestLog)) this.#compact(state());
  }

  /** Makes the log a base. If there is no space for one, the log goes on: the changes are kept either way. */
  #compact(state: KeptState): void {
    const before = this.#number;
    try {
      this.replace(state);
    } catch {
      this.#isBehind = this.#number !== before;
      this.#longestLog = 2 * this.#logLength;
    }
  }

  /** Keeps a whole state in place of what was kept before. @throws TenantError if it cannot be written */
  replace(state: KeptState): void {
    this.#isBehind = true;
    this.#writing(() => this.#replace(state));
    this.#isBehind = false;
  }

  #replace(state: KeptState): void {
    const before = this.#number;
    this.#baseLength = writeBase(this.#pathOf(before + 1, 'base'), this.#contract, state);
    this.#number = before + 1;
    this.#syncFolder();
    if (this.#log !== undefined) closeSync(this.#log);
    this.#log = openSync(this.#path('log'), 'w', 0o600);
    this.#logLength = 0;
    this.#longestLog = 0;
    for (const kind of ['base', 'log']) rmSync(join(this.#options.folder, `${before}.${kind}`), { force: true });
  }

  /** @throws TenantError with the system's reason, and what to do */
  #writing(write: () => void): void {
    try {
      write();
    } catch (cause) {
      const reason = fileErrorReason(cause);
      const message = `cannot write to the data folder ${this.#options.folder}: ${reason}; free space there and send the request again`;
      throw new TenantError('TENANT_DATA_UNWRITABLE', message, { cause });
    }
  }

  /** Keeps a state under a name. @param name - letters, digits, `_` and `-` */
  async keepSnapshot(name: string, state: KeptState): Promise<void> {
    await mkdir(join(this.#options.folder, SNAPSHOTS), { recursive: true, mode: 0o700 });
    this.#writing(() => writeBase(this.#snapshotPath(name), this.#contract, state));
  }

  /** Undefined without a snapshot of this name. */
  async snapshot(name: string): Promise<KeptState | undefined> {
    const path = this.#snapshotPath(name);
    const exists = (await this.snapshots()).some((each) => each.name === name);
    return exists ? readBase(path, this.#contract) : undefined;
  }

  async deleteSnapshot(name: string): Promise<void> {
    await rm(this.#snapshotPath(name), { force: true });
  }

  /** The kept snapshots with the times of their files, in milliseconds since 1970. */
  async snapshots(): Promise<readonly { readonly name: string; readonly takenAt: number }[]> {
    const folder = join(this.#options.folder, SNAPSHOTS);
    const files = await readdir(folder).catch(() => []);
    const names = files.filter((file) => file.endsWith('.base')).map((file) => file.slice(0, -'.base'.length));
    return Promise.all(names.map(async (name) => ({ name, takenAt: (await stat(this.#snapshotPath(name))).mtimeMs })));
  }

  async close(): Promise<void> {
    if (this.#log !== undefined) closeSync(this.#log);
    this.#log = undefined;
    await this.#unlock();
  }

  /** Puts the name of a new base on the disk, too. Windows cannot and need not do this. */
  #syncFolder(): void {
    if (process.platform === 'win32') return;
    const folder = openSync(this.#options.folder, 'r');
    fsyncSync(folder);
    closeSync(folder);
  }

  #path(kind: 'base' | 'log'): string {
    return this.#pathOf(this.#number, kind);
  }

  #pathOf(number: number, kind: 'base' | 'log'): string {
    return join(this.#options.folder, `${number}.${kind}`);
  }

  #snapshotPath(name: string): string {
    return join(this.#options.folder, SNAPSHOTS, `${name}.base`);
  }
}

/** Cuts a log after its last whole record. @returns whether it could be: a half record must not be before the next one */
function isCut(log: number, length: number): boolean {
  try {
    ftruncateSync(log, length);
    return true;
  } catch {
    return false;
  }
}

const SNAPSHOTS = 'snapshots';

const FILE = /^(?:(?<base>\d+)\.base|(?<log>\d+)\.log)$/;

/** A new start without the file would lose what is in the others. */
function missing(path: string): TenantError {
  const message = `${path} is missing; restore it from a copy, or choose another folder with --data`;
  return new TenantError('TENANT_DATA_INVALID', message);
}
