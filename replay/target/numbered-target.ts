import type { TargetResponse } from '../../conformance/target/exchange.js';
import type { HttpRequest } from '../../conformance/target/target.js';
import type { Operation } from '../../contract/contract.js';
import { bodyWithNumbers, textWithNumbers } from '../recorded/numbered-text.js';
import type { ReplayContract } from '../recorded/replay-contract.js';
import type { ReplayTarget } from './replay-target.js';

/** A target whose ids are numbers: it is sent numbers, and its answers are read with texts for them. */
export class NumberedTarget implements ReplayTarget {
  readonly name: string;
  readonly restart?: () => Promise<void>;
  readonly #target: ReplayTarget;
  readonly #known: ReplayContract;

  constructor(target: ReplayTarget, known: ReplayContract) {
    this.name = target.name;
    if (target.restart !== undefined) this.restart = target.restart.bind(target);
    this.#target = target;
    this.#known = known;
  }

  async send({ path, body, ...rest }: HttpRequest): Promise<TargetResponse> {
    const plain = {
      ...rest,
      path: textWithNumbers(path),
      ...(body === undefined ? {} : { body: bodyWithNumbers(body) }),
    };
    const answer = await this.#target.send(plain);
    const match = this.#known.routes.match(plain.method, plain.path.replace(/\?.*$/, ''));
    if (match === undefined || answer.json === undefined) return answer;
    return { ...answer, json: this.#known.ids.received(match, answer.status, answer.json) };
  }

  refusal({ method, path }: HttpRequest): string | undefined {
    return this.#target.refusal?.({ method, path: textWithNumbers(path) });
  }

  takesToken(operation: Operation): boolean {
    return this.#target.takesToken(operation);
  }

  token(): Promise<string> {
    return this.#target.token();
  }

  scopedToken(scopes: readonly string[]): Promise<string | undefined> {
    return this.#target.scopedToken(scopes);
  }

  pause(): Promise<void> {
    return this.#target.pause();
  }

  clear(): Promise<readonly string[]> {
    return this.#target.clear();
  }

  close(): Promise<void> {
    return this.#target.close();
  }
}
