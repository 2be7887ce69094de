import type { Redactor } from '../../conformance/target/redact.js';
import type { Contract, CredentialPlace, Json } from '../../contract/contract.js';
import { formOf } from '../../replay/read/message.js';
import { headersOf, type ReadExchange } from './recorded-exchange.js';

/** Learns the secrets of exchanges, and masks them in what is written. */
export class TrafficSecrets {
  readonly #redactor: Redactor;
  /** Where the contract's operations take credentials that are not bearer tokens. */
  readonly #places: readonly CredentialPlace[];

  constructor(contract: Contract, redactor: Redactor) {
    this.#redactor = redactor;
    const places = contract.operations.flatMap(({ security }) => security.flatMap(({ place }) => place ?? []));
    this.#places = [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
  }

  learn({ passed, recorded }: ReadExchange): void {
    const headers = headersOf(passed.request.fields);
    const query = formOf(recorded.request.query);
    for (const place of this.#places) {
      if (place.in === 'header') this.#redactor.hideIn({ api_key: headers[place.name.toLowerCase()] }, 'sent');
      if (place.in === 'query') this.#redactor.hideIn({ api_key: query[place.name] }, 'sent');
    }
    for (const sent of [headers, query, recorded.request.body]) this.#redactor.hideIn(sent, 'sent');
    for (const received of [recorded.response.headers, recorded.response.body]) this.#redactor.hideIn(received);
  }

  mask(text: string): string {
    return this.#redactor.redact(text);
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
