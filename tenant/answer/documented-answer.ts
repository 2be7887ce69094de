import type { Contract, Json, JsonObject, MediaType, Operation, Response } from '../../contract/contract.js';
import { isJson, mediaTypeMatches } from '../../contract/http/media-type.js';
import { objectOr } from '../../contract/json/json-value.js';
import { isObject } from '../../contract/pointer.js';
import { sampleValue } from '../../contract/sample/sample-value.js';
import { mergedSchema } from '../../contract/schema/merged-schema.js';
import { SchemaValidator } from '../../contract/schema/schema-validator.js';
import type { PlainResponse } from '../exchange.js';
import { isSendable, sampleHeaders } from './sample-headers.js';
import { specificType, withParameters, writtenBody } from './written-body.js';

/** What a document promises for an operation whose effect it does not state: its example, or a value that fits. */
export class DocumentedAnswer {
  readonly #contract: Contract;
  readonly #response: Response | undefined;
  readonly #status: number;
  readonly #ready = new Map<MediaType | undefined, PlainResponse>();

  constructor(contract: Contract, operation: Operation) {
    this.#contract = contract;
    this.#response = promisedResponse(operation);
    this.#status = statusOf(this.#response);
  }

  /** @param accept - the request's `Accept`, which chooses among several media types */
  answer(accept: string | undefined): PlainResponse {
    const media = mediaFor(this.#response?.content ?? [], accept);
    const ready = this.#ready.get(media) ?? this.#make(media);
    this.#ready.set(media, ready);
    return ready;
  }

  /** The same with the first of these bodies that fits; undefined if none does. An answer without a body takes any. */
  answerWith(accept: string | undefined, bodies: Iterable<Json>): PlainResponse | undefined {
    const media = mediaFor(this.#response?.content ?? [], accept);
    const ready = this.answer(accept);
    if (media === undefined) return ready;
    const validate = validatorOf(this.#contract).compile(media.schema);
    for (const body of bodies) if (validate(body).length === 0) return { ...ready, body: writtenBody(media, body) };
    return undefined;
  }

  /** Whether a body is as documented. */
  fits(accept: string | undefined, body: Json): boolean {
    const media = mediaFor(this.#response?.content ?? [], accept);
    return media !== undefined && validatorOf(this.#contract).compile(media.schema)(body).length === 0;
  }

  /** The name of the property of an object that leads to the next page of a listing. */
  nextName(): string | undefined {
    return Object.keys(this.#properties()).find((name) => /^next/i.test(name));
  }

  /** The names of the properties that are whole numbers. */
  numberNames(): readonly string[] {
    return Object.entries(this.#properties()).flatMap(([name, schema]) => {
      const { type } = isObject(schema) ? mergedSchema(this.#contract, schema) : {};
      return type === 'integer' || type === 'number' ? [name] : [];
    });
  }

  #properties(): JsonObject {
    const media = mediaFor(this.#response?.content ?? [], undefined);
    return objectOr(media && mergedSchema(this.#contract, media.schema).properties);
  }

  /** What surrounds the items of a listing in an object. */
  sample(): Json {
    const media = mediaFor(this.#response?.content ?? [], undefined);
    return media === undefined ? {} : exampleOf(this.#contract, media);
  }

  #make(media: MediaType | undefined): PlainResponse {
    const headers = sampleHeaders(this.#contract, this.#response, this.#status);
    if (media === undefined) return { status: this.#status, headers, body: '' };
    const type = specificType(media.type);
    if (!isSendable('content-type', type)) return { status: this.#status, headers, body: '' };
    const body = writtenBody(media, exampleOf(this.#contract, media));
    return { status: this.#status, headers: { ...headers, 'content-type': withParameters(type) }, body };
  }
}

/** The first success, a range of successes, a redirect, any answer, or the first of all. */
function promisedResponse({ responses }: Operation): Response | undefined {
  for (const pattern of [/^2\d\d$/, /^2XX$/i, /^3/, /^default$/]) {
    const found = responses.find(({ status }) => pattern.test(status));
    if (found !== undefined) return found;
  }
  // An informational response is no answer, and clients wait after a 429.
  return responses.find(({ status }) => !status.startsWith('1') && status !== '429');
}

function statusOf(response: Response | undefined): number {
  if (response === undefined) return 200;
  const status = Number(response.status);
  if (Number.isInteger(status)) return status;
  const hundreds = Number(/^(\d)XX$/i.exec(response.status)?.[1] ?? 2);
  return hundreds * 100;
}

/** The media type that the caller asks for, else JSON, else the first. */
function mediaFor(content: readonly MediaType[], accept: string | undefined): MediaType | undefined {
  const wanted = (accept ?? '').split(',').map((range) => (range.split(';')[0] ?? '').trim().toLowerCase());
  for (const range of wanted) {
    if (range === '*/*' || range === '') continue;
    const found = content.find(({ type }) => mediaTypeMatches(range, type));
    if (found !== undefined) return found;
  }
  return content.find(({ type }) => isJson(specificType(type))) ?? content[0];
}

function validatorOf(contract: Contract): SchemaValidator {
  return SchemaValidator.of(contract, { allErrors: false, direction: 'answer' });
}

/** The example of the document if it fits, else a sample. */
function exampleOf(contract: Contract, { example, schema, itemSchema }: MediaType): Json {
  // A stream has one item, unless the document shows more.
  if (itemSchema !== undefined && example === undefined)
    return sampleValue(contract, itemSchema, { direction: 'answer' });
  const fits = (value: Json) => validatorOf(contract).compile(schema)(value).length === 0;
  return example !== undefined && fits(example) ? example : sampleValue(contract, schema, { direction: 'answer' });
}
