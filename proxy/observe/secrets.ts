import { Redactor } from '../../conformance/redaction/redact.js';
import type { Exchange } from '../../conformance/target/exchange.js';
import type { Contract, CredentialPlace, Json } from '../../contract/contract.js';
import { formOf } from '../../replay/read/message.js';
import { headersOf, type ReadExchange } from './recorded-exchange.js';

/** A redactor that knows so many characters of secrets makes place for another: a proxy may run for weeks. */
const MOST_LEARNED = 200_000;
/** What a report shows of a body is shorter. */
const LONGEST_KEPT = 128 * 1024;
/** In place of a JSON Web Token: reports show it as `$TOKEN`. */
const NO_TOKEN = 'Bearer masked.masked.masked';
/** Of a request: clients send what they know to be secret. */
const SENT = { origin: 'sent' } as const;

/**
 * Learns the secrets of exchanges, and masks them in what is written: those of an exchange, and those of exchanges
 * before it as far as memory is bounded.
 */
export class TrafficSecrets {
  #redactor = new Redactor();
  #before: Redactor | undefined;
  /** Where the contract's operations take credentials that are not bearer tokens. */
  readonly #places: readonly CredentialPlace[];

  constructor(contract: Contract) {
    const places = contract.operations.flatMap(({ security }) => security.flatMap(({ place }) => place ?? []));
    this.#places = [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
  }

  /** For text that is not kept yet. */
  get redactor(): Redactor {
    return this.#redactor;
  }

  learn({ passed, recorded }: ReadExchange): void {
    if (this.#redactor.learned > MOST_LEARNED) {
      this.#before = this.#redactor;
      this.#redactor = new Redactor();
    }
    const headers = headersOf(passed.request.fields);
    const query = formOf(recorded.request.query);
    for (const place of this.#places) {
      if (place.in === 'header') this.#redactor.hideIn({ token: headers[place.name.toLowerCase()] }, SENT);
      if (place.in === 'query') this.#redactor.hideIn({ token: query[place.name] }, SENT);
    }
    for (const sent of [headers, query, recorded.request.body]) this.#redactor.hideIn(sent, SENT);
    this.#redactor.hideInAnswer(recorded.response);
  }

  mask(text: string): string {
    const masked = this.#redactor.redact(text);
    return this.#before === undefined ? masked : this.#before.redact(masked);
  }

  /** An exchange that is kept, while its secrets are known. */
  maskedExchange({ request, response, authorization, ...others }: Exchange): Exchange {
    const headers = (given: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(given).map(([name, value]) => [name, this.mask(value)]));
    const { operation, method, path, body } = request;
    return {
      ...others,
      request: {
        ...(operation === undefined ? {} : { operation }),
        method,
        path: this.mask(path),
        headers: headers(request.headers),
        ...(body === undefined ? {} : { body: this.mask(body) }),
      },
      ...(authorization === undefined ? {} : { authorization: maskedAuthorization(this.mask(authorization)) }),
      response: {
        status: response.status,
        headers: headers(response.headers),
        text: this.#redactor.excerpt(response.text, LONGEST_KEPT),
      },
    };
  }

  /** A value as recordings hold it: a text that is a secret is `[REDACTED]`, which replay accepts for any value. */
  masked(value: Json): Json {
    if (typeof value === 'string') {
      const text = this.mask(value);
      return text !== value && /^\$[A-Z_]+$/.test(text) ? '[REDACTED]' : text;
    }
    if (Array.isArray(value)) return value.map((entry: Json) => this.masked(entry));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, this.masked(entry)]));
  }

  /** A body as text: JSON stays JSON with its secrets masked one by one. */
  maskedBody(text: string, value: Json | undefined): string {
    if (typeof value !== 'object' || value === null) return this.mask(text);
    return this.mask(text) === text ? text : JSON.stringify(this.masked(value));
  }
}

function maskedAuthorization(masked: string): string {
  return masked === 'Bearer $TOKEN' ? NO_TOKEN : masked;
}
