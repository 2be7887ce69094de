import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { forwarder, passingOf } from '../test-support/forward.js';
import { bodyOf, listen } from '../test-support/loopback.js';

test('a proxy whose target breaks the connection breaks its own', async () => {
  const broken = createServer((request) => request.socket.destroy());
  await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address of this type.
  const { port } = broken.address() as AddressInfo;
  const { forward, close } = forwarder(`http://127.0.0.1:${port}`);
  const proxy = await listen(async (request, response) => {
    const { body } = await forward(passingOf(request, await bodyOf(request)));
    response.end(body);
  });
  await expect(fetch(proxy.url)).rejects.toThrow('fetch failed');
  close();
  await proxy.close();
  broken.close();
});
