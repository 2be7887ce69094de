import type { Writable } from 'node:stream';

/**
 * Writes lines to a stream. While the reader falls behind, lines are dropped instead of buffered; their number is logged
 * once the stream drains.
 */
export function createLog(stream: Writable): (line: string) => void {
  let dropped = 0;
  stream.on('drain', () => {
    if (dropped === 0) return;
    const notice = `${dropped} ${dropped === 1 ? 'line' : 'lines'} dropped: the log was not read.\n`;
    dropped = 0;
    stream.write(notice);
  });
  return (line) => {
    if (stream.writableNeedDrain) dropped += 1;
    else if (stream.writable) stream.write(`${line}\n`);
  };
}

/** Waits until everything written has been read, at most for `timeout` milliseconds. */
export function flushLog(stream: Writable, timeout: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeout);
    stream.write('', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
