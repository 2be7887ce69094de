import { createHash } from 'node:crypto';
import { realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TenantError } from '../errors.js';
import { withLock } from '../http/lock.js';

/** The longest path of a socket that every system takes, in bytes. */
const MAX_SOCKET_PATH = 100;

/**
 * Reserves a folder for this process, until it is released or the process ends in any way: the system closes the socket
 * that stands for the reservation.
 *
 * @returns a function that releases it
 * @throws TenantError if another process has it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = await socketPath(folder);
  const server = await withLock(join(folder, 'lock.tmp'), async () => {
    try {
      return await listenAt(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      if (await isAnswered(path)) {
        const message = `another tenant uses the data in ${folder}; stop it, or choose another folder with --data`;
        throw new TenantError('TENANT_DATA_IN_USE', message, { cause: error });
      }
      // What is left of a process that was killed.
      await rm(path, { force: true });
      return listenAt(path);
    }
  });
  return () => new Promise((resolve) => server.close(() => resolve()));
}

async function socketPath(folder: string): Promise<string> {
  const own = join(folder, 'lock');
  const name = `rolecall-${createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
    .slice(0, 24)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return Buffer.byteLength(own) <= MAX_SOCKET_PATH ? own : join(tmpdir(), name);
}

function listenAt(path: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(path, () => resolve(server.unref()));
  });
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
