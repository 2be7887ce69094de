import { isDeepStrictEqual } from 'node:util';
import type { Json, Operation, Pointer } from '../../contract/contract.js';
import { answeredItem } from '../../contract/item-envelope.js';
import { getPointer, isObject, joinPointer, splitPointer } from '../../contract/pointer.js';
import { breakBody } from '../arbitraries/break-body.js';
import type { CheckContext } from '../check.js';
import type { Violation } from '../finding/finding.js';
import { namesInPath } from '../lookup/path-names.js';
import { readRequest } from '../lookup/resource-operations.js';
import { clientProperties, removedWith, showsValue } from '../lookup/shown-value.js';
import { type Exchange, succeeded } from '../target/exchange.js';
import { buildRequest, type RequestValues } from '../target/request.js';
import { bodyMedia } from '../target/request-body.js';

/** A property of a resource, and the value that an update gives it. */
export interface Update {
  readonly at: Pointer;
  readonly value: Json;
  /** Whether the value must be shown exactly, with the same case of letters. */
  readonly exact?: boolean;
}

export interface UpdatedResource {
  readonly operation: Operation;
  readonly reading: Operation;
  /** Values of a valid update, whose path names the resource. */
  readonly values: RequestValues;
}

/** Updates one resource step by step, and reads it after each. */
export class UpdateTrial {
  readonly #resource: UpdatedResource;
  readonly #context: CheckContext;
  #before: Exchange | undefined;

  constructor(resource: UpdatedResource, context: CheckContext) {
    this.#resource = resource;
    this.#context = context;
  }

  async begin(): Promise<void> {
    this.#before = await this.#read();
  }

  /** @returns what the update got */
  async set(update: Update): Promise<Exchange | undefined> {
    const before = this.#before;
    if (before === undefined || !succeeded(before)) return undefined;
    const updated = await this.#send([update]);
    if (!succeeded(updated)) {
      const { status } = updated.response;
      this.#context.observe(`an update of ${update.at} to ${valueText(update.value)} is refused with ${status}`);
      return updated;
    }
    const after = await this.#read();
    this.#before = after;
    if (succeeded(after)) this.#context.report(...this.#differences(update, { before, updated, after }));
    return updated;
  }

  /** What the last read shows at a place. */
  shown(at: Pointer): Json | undefined {
    const item = answeredItem(this.#resource.reading.effect, this.#before?.response.json);
    return isObject(item) ? getPointer(item, at) : undefined;
  }

  /** The last read. */
  get read(): Exchange | undefined {
    return this.#before;
  }

  /** Sets several properties at once. */
  async accepts(updates: readonly Update[]): Promise<boolean> {
    const isAccepted = succeeded(await this.#send(updates));
    if (isAccepted) this.#before = await this.#read();
    return isAccepted;
  }

  async #send(updates: readonly Update[]): Promise<Exchange> {
    const { operation, values } = this.#resource;
    const { within } = operation.effect ?? {};
    let body: Json = {};
    for (const { at, value } of updates) {
      const pointer = within === undefined ? at : `${joinPointer('', within)}${at}`;
      body = breakBody(this.#context.contract, bodyMedia(operation)?.schema ?? {}, body, {
        kind: 'set',
        pointer,
        value,
      });
    }
    const updated = await this.#context.send(buildRequest(operation, { ...values, body }));
    this.#context.report(...this.#context.judge(updated, { kind: 'documented' }));
    return updated;
  }

  async #read(): Promise<Exchange> {
    const { operation, reading, values } = this.#resource;
    const exchange = await this.#context.send(
      readRequest(this.#context.contract, reading, namesInPath(operation, values)),
    );
    this.#context.report(...this.#context.judge(exchange, { kind: 'success' }));
    return exchange;
  }

  #differences(update: Update, { before, updated, after }: UpdateExchanges): readonly Violation[] {
    const { contract } = this.#context;
    const { operation, reading } = this.#resource;
    const then = answeredItem(reading.effect, before.response.json);
    const now = answeredItem(reading.effect, after.response.json);
    if (!isObject(then) || !isObject(now)) return [];
    const [name = ''] = splitPointer(update.at);
    const shown = clientProperties(reading, [after.response, before.response], contract);
    const removed = removedWith(reading, after.response.status, name, contract);
    const found = {
      evidence: contract.evidenceAt(operation.effect?.pointer ?? operation.pointer),
      exchange: after,
      before: [before, updated],
    };
    const own = shown.includes(name) && !isKept(getPointer(now, update.at), update);
    const others = shown.filter(
      (other) => other !== name && !removed.includes(other) && !showsValue(now[other], then[other] ?? null),
    );
    return [
      ...(own
        ? [
            {
              ...found,
              cause: update.value === null ? `null of ${name} is not kept` : `property ${name} is not what was sent`,
              expected: `${update.at}: ${valueText(update.value)}`,
              actual: `${update.at}: ${valueText(getPointer(now, update.at))}`,
            },
          ]
        : []),
      ...others.map((other) => ({
        ...found,
        cause: `property ${other} changed although it was not sent`,
        expected: `${other}: ${valueText(then[other])}`,
        actual: `${other}: ${valueText(now[other])}`,
      })),
    ];
  }
}

interface UpdateExchanges {
  readonly before: Exchange;
  readonly updated: Exchange;
  readonly after: Exchange;
}

function isKept(shown: Json | undefined, { value, exact }: Update): boolean {
  return exact === true ? isDeepStrictEqual(shown, value) : showsValue(shown, value);
}

function valueText(value: Json | undefined): string {
  const text = value === undefined ? 'absent' : JSON.stringify(value);
  return text.length <= 120 ? text : `${text.slice(0, 120)}…`;
}
