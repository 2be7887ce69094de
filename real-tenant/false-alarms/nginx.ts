import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../test-support/free-port.js';

export interface Nginx {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts nginx in front of a port of this machine. @returns why it cannot, where it is not installed */
export async function startNginx(upstream: number): Promise<Nginx | string> {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-nginx-'));
  const port = await freePort();
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration(folder, port, upstream));
  const child = spawn('nginx', ['-p', folder, '-c', file, '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(`nginx is not installed: ${message}`));
    child.once('exit', () => resolve(`nginx does not start: ${complaint.trim()}`));
  });
  const failure = await Promise.race([ended, answersAt(port)]);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (failure !== undefined) {
    remove();
    return failure;
  }
  return {
    port,
    async stop() {
      child.kill();
      await ended;
      remove();
    },
  };
}

/** nginx as packages install it, except for folders; a token with all scopes is longer than its default for a header. */
function configuration(folder: string, port: number, upstream: number): string {
  return `daemon off;
master_process off;
pid ${folder}/nginx.pid;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  large_client_header_buffers 4 32k;
  gzip on;
  gzip_types application/json;
  upstream tenant { server 127.0.0.1:${upstream}; keepalive 16; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://tenant;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_buffers 8 64k;
    }
  }
}
`;
}

/** Waits until a port accepts connections. */
async function answersAt(port: number): Promise<undefined> {
  for (let tries = 0; tries < 100; tries += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (isOpen) return;
    await sleep(50);
  }
  return;
}
