import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Answer, Call, Method, Signature, SignatureQuestion } from './protocol.js';

/** A running driver. See `protocol.ts`. */
export class Driver {
  readonly methods: readonly Method[];
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcessWithoutNullStreams, lines: AsyncIterator<string>, methods: readonly Method[]) {
    this.#child = child;
    this.#lines = lines;
    this.methods = methods;
  }

  /** @throws Error if it ends before it lists the methods of the SDK */
  static async start([file = '', ...args]: readonly string[], cwd: string): Promise<Driver> {
    const child = spawn(file, args, { cwd });
    child.stderr.pipe(process.stderr);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return new Driver(child, lines, (await nextOf(lines)) as readonly Method[]);
  }

  async call(call: Call): Promise<Answer> {
    return (await this.#ask(call)) as Answer;
  }

  async signature(question: SignatureQuestion): Promise<Signature> {
    return (await this.#ask(question)) as Signature;
  }

  async #ask(question: Call | SignatureQuestion): Promise<unknown> {
    this.#child.stdin.write(`${JSON.stringify(question)}\n`);
    return nextOf(this.#lines);
  }

  stop(): void {
    this.#child.stdin.end();
    this.#child.kill();
  }
}

async function nextOf(lines: AsyncIterator<string>): Promise<unknown> {
  const { done, value } = await lines.next();
  if (done === true) throw new Error('the driver ended too early');
  return JSON.parse(value);
}
