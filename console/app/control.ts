import type { RequestsListData } from '../../tenant/control/client/client.js';

/** A request that the tenant answered. */
export type LoggedRequest = RequestsListData['requests'][number];

/** Calls the control API of a tenant. */
export class ControlClient {
  readonly #url: string;
  readonly #token: string;

  /** @param url - of the control API, without a slash at the end */
  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** @throws Error with the message of the answer unless it succeeds */
  async send(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<unknown> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const text = await response.text();
    const value: unknown = text === '' ? undefined : JSON.parse(text);
    if (response.ok) return value;
    const { message = `the status ${response.status}` } = (value ?? {}) as { readonly message?: string };
    throw new Error(message);
  }
}
