import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { ExchangeTracker, type TrackerOptions } from './exchange-tracker.js';
import { MessageReader } from './message-reader.js';
import { badGateway } from './own-answer.js';
import type { TargetAddress } from './target-address.js';

/** How long to wait for a connection to the target, in milliseconds. */
const CONNECT_TIMEOUT = 30_000;
/** How long a client may finish uploading after our own answer, in milliseconds. */
const LINGER = 2_000;

export interface ConnectionOptions extends Omit<TrackerOptions, 'changes'> {
  readonly target: TargetAddress;
  /** The target could not be reached. */
  readonly onUnreachable: (error: Error) => void;
}

/**
 * Passes the bytes of one client's connection to a connection of its own at the target and back, in order, as fast as
 * both sides take them. So what one side does with its connection (close, half-close, reset, keep) happens to the other.
 */
export function passConnection(client: Socket, options: ConnectionOptions): void {
  const { target, onUnreachable } = options;
  const onOpaque = (): void => {
    options.onOpaque();
    // After an upgrade the client's bytes are no requests either: none may wait for the end of a head.
    for (const piece of requests.giveUp()) upstream?.write(piece);
  };
  const tracker = new ExchangeTracker({ ...options, changes: target, onOpaque });
  const requests = new MessageReader(tracker.requests);
  const responses = new MessageReader(tracker.responses);
  let upstream: Socket | undefined;
  client.setNoDelay(true);

  client.on('data', (chunk: Buffer) => {
    upstream ??= connect(client, { target, onUnreachable, tracker, responses });
    for (const piece of requests.read(chunk)) if (!upstream.write(piece)) client.pause();
  });
  client.on('drain', () => upstream?.resume());
  client.on('end', () => {
    if (upstream === undefined) return client.end();
    for (const piece of requests.close()) upstream.write(piece);
    upstream.end();
  });
  client.on('error', () => upstream !== undefined && reset(upstream));
  client.on('close', () => {
    // The client has disconnected: drop what the target still sends.
    if (upstream !== undefined && !upstream.destroyed && !upstream.readableEnded) reset(upstream);
    tracker.close();
  });
}

interface ConnectOptions extends Pick<ConnectionOptions, 'target' | 'onUnreachable'> {
  readonly tracker: ExchangeTracker;
  readonly responses: MessageReader;
}

/** Connects to the target and passes on what it sends. */
function connect(client: Socket, { target, onUnreachable, tracker, responses }: ConnectOptions): Socket {
  const socket = target.connect();
  let isConnected = false;
  socket.setNoDelay(true).setTimeout(CONNECT_TIMEOUT, () => {
    socket.destroy(new Error(`no connection within ${CONNECT_TIMEOUT / 1000} s`));
  });
  socket.once(target.connected, () => {
    isConnected = true;
    socket.setTimeout(0);
  });
  socket.on('data', (chunk: Buffer) => {
    if (!client.write(chunk)) socket.pause();
    responses.read(chunk);
  });
  socket.on('drain', () => client.resume());
  socket.on('end', () => {
    responses.close();
    client.end();
  });
  socket.on('error', (error) => {
    // The target refuses the rest of an upload that it has answered already: the answer still goes to the client.
    if (isConnected && client.writableEnded) return letFinish(client);
    if (isConnected) return reset(client);
    onUnreachable(error);
    client.end(badGateway(target.url, error));
    letFinish(client);
  });
  socket.on('close', (hadError) => {
    tracker.close();
    if (isConnected && !hadError && !client.writableEnded) client.end();
  });
  return socket;
}

/** Reads and drops what a client still sends: closing with unread data makes the kernel drop the answer. */
function letFinish(client: Socket): void {
  client.removeAllListeners('data').resume();
  setTimeout(() => client.destroy(), LINGER).unref();
}

/** Ends a connection so that the other side sees a failure, not the end of a message. */
function reset(socket: Socket): void {
  if (socket.destroyed) return;
  // Only plain sockets can be reset; TLS without its closing alert is a failure too.
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}
