import type { Writable } from 'node:stream';

/**
 * Writes lines for as long as somebody reads them. Lines that nobody takes are dropped instead of piling up, and how
 * many there were is told once there is room again.
 */
export function logTo(stream: Writable): (line: string) => void {
  let dropped = 0;
  stream.on('drain', () => {
    if (dropped === 0) return;
    const told = `${dropped} ${dropped === 1 ? 'line was' : 'lines were'} left out here: nobody read them.\n`;
    dropped = 0;
    stream.write(told);
  });
  return (line) => {
    if (stream.writableNeedDrain) dropped += 1;
    else if (stream.writable) stream.write(`${line}\n`);
  };
}

/** Waits until what was written is read, but no longer than this. @param patience milliseconds */
export function untilRead(stream: Writable, patience: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patience);
    stream.write('', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
