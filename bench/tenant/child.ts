import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { join } from 'node:path';

/** A process that runs a file of this folder and talks to us by messages. */
export class Child {
  readonly #process: ChildProcess;

  constructor(file: string, args: readonly string[] = []) {
    const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
    this.#process = fork(join(import.meta.dirname, file + extension), args, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  }

  /** The next message. @throws where the process ends before it */
  receive<Message>(): Promise<Message> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`A server of the benchmark ended with ${code}.`));
      this.#process.once('exit', ended);
      this.#process.once('message', (message) => {
        this.#process.off('exit', ended);
        resolve(message as Message); // both ends are in this folder and import the same type
      });
    });
  }

  /** Sends a message and awaits the next one. */
  ask<Message>(question: object): Promise<Message> {
    const answer = this.receive<Message>();
    this.#process.send(question);
    return answer;
  }

  stop(): void {
    this.#process.kill();
  }
}
