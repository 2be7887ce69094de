import type { Contract, Json, Operation, Resource } from '../../../contract/contract.js';
import { withArticle } from '../../../contract/text/with-article.js';
import { deriveSeed } from '../../engine/seed.js';
import { Stop } from '../../engine/stop.js';
import type { FixturePool } from '../../fixtures/fixture-pool.js';
import { excerpt } from '../../judge/safety.js';
import type { Effects } from '../../lookup/effects.js';
import { idOf } from '../../lookup/identity.js';
import type { Redactor } from '../../redaction/redact.js';
import {
  type Client,
  clientIn,
  machineClient,
  tokenIn,
  tokenOperation,
  tokenRequest,
} from '../auth0/client-credentials.js';
import { type Exchange, succeeded } from '../exchange.js';
import { buildRequest, noValues, type PlannedRequest } from '../request.js';
import type { Target } from '../target.js';
import { scopesOf } from './jwt.js';
import type { Token, Unobtainable } from './token.js';

/** Issues tokens with chosen scopes. */
export interface ScopedIssuer {
  /** The token's scopes are those in the token: check whether they are the requested ones. */
  issue(scopes: readonly string[]): Promise<Token | Unobtainable>;
}

export interface ScopedIssuerOptions {
  readonly contract: Contract;
  readonly target: Target;
  readonly effects: Effects;
  readonly redactor: Redactor;
  /** Creates the client that tokens are granted to, and sends with the full-access token. */
  readonly granting: () => Promise<Granting>;
  readonly seed: number;
  /** Sends without a token. */
  readonly sendOpen: (request: PlannedRequest) => Promise<Exchange>;
}

/** What creates resources for tokens alone. */
export interface Granting {
  readonly pool: FixturePool;
  send(request: PlannedRequest, purpose: 'token'): Promise<Exchange>;
}

/** A client of the run, with one grant that decides the scopes of its next token. */
interface Grantee {
  readonly client: Client;
  readonly resource: Resource;
  /** The id of the grant. */
  readonly grant: string;
}

/**
 * Issues by the `scope` parameter where the target honours it; otherwise by a client of the run whose grant is changed
 * before each token. One token at a time: nothing may change the grant between the change and the token.
 */
export function createScopedIssuer(options: ScopedIssuerOptions): ScopedIssuer {
  const byParameter = new ParameterIssuer(options);
  const byGrant = new GrantIssuer(options);
  let queue: Promise<unknown> = Promise.resolve();
  let honoursParameter: boolean | undefined;

  const issue = async (scopes: readonly string[]): Promise<Token | Unobtainable> => {
    const { client } = options.target.credentials;
    if (client === undefined) {
      return lackOfCredentials(
        'A token was given but no client: tokens with other scopes need --client-id and ROLECALL_CLIENT_SECRET.',
      );
    }
    try {
      honoursParameter ??= await byParameter.isHonoured(client);
      // An empty `scope` parameter counts as absent.
      return honoursParameter && scopes.length > 0
        ? await byParameter.issue(client, scopes)
        : await byGrant.issue(scopes);
    } catch (error) {
      if (error instanceof Stop && (error.because === 'credentials' || error.because === 'contract'))
        return lackOfCredentials(error.message);
      throw error;
    }
  };

  return {
    issue(scopes) {
      const next = queue.then(() => issue(scopes));
      queue = next.catch(() => undefined);
      return next;
    },
  };
}

/** Requests tokens with a `scope` parameter. */
class ParameterIssuer {
  readonly #options: ScopedIssuerOptions;

  constructor(options: ScopedIssuerOptions) {
    this.#options = options;
  }

  issue(client: Client, scopes: readonly string[]): Promise<Token | Unobtainable> {
    return requestToken(this.#options, client, scopes);
  }

  /** Whether a token requested with one scope has only this scope. */
  async isHonoured(client: Client): Promise<boolean> {
    const [one, other] = this.#options.contract.scopes;
    if (one === undefined || other === undefined) return false;
    const token = await requestToken(this.#options, client, [one]);
    return 'value' in token && token.scopes.length === 1 && token.scopes[0] === one;
  }
}

/** Changes a client grant, then requests a token. */
class GrantIssuer {
  readonly #options: ScopedIssuerOptions;
  #grantee: Grantee | Unobtainable | undefined;

  constructor(options: ScopedIssuerOptions) {
    this.#options = options;
  }

  async issue(scopes: readonly string[]): Promise<Token | Unobtainable> {
    this.#grantee ??= await this.#createGrantee();
    const grantee = this.#grantee;
    if ('unobtainable' in grantee) return grantee;
    const { resource, client, grant } = grantee;
    const update = this.#options.effects.one('update', resource.name);
    const parameter = update?.effect?.of[resource.name];
    if (update === undefined || parameter === undefined || resource.grants === undefined) {
      return lackOfCredentials(`The contract has no operation that changes ${withArticle(resource.name)}.`);
    }
    const values = { ...noValues, path: { [parameter]: grant }, body: { [resource.grants.scopes]: scopes } };
    const exchange = await this.#send(buildRequest(update, values));
    return succeeded(exchange)
      ? requestToken(this.#options, client)
      : lackOfCredentials(refusal(this.#options, exchange));
  }

  async #send(request: PlannedRequest): Promise<Exchange> {
    return (await this.#options.granting()).send(request, 'token');
  }

  async #createGrantee(): Promise<Grantee | Unobtainable> {
    const { contract, effects, redactor, granting, seed } = this.#options;
    const resource = [...contract.resources.values()].find(({ grants }) => grants !== undefined);
    const to = resource?.refers.find(({ property }) => property === resource.grants?.to);
    const creation = resource === undefined ? undefined : effects.one('create', resource.name);
    if (resource === undefined || to === undefined || creation === undefined) {
      return lackOfCredentials('The contract has no resource that grants scopes to a client.');
    }
    const making = { values: machineClient, seed: deriveSeed(seed, 'grantee'), keep: true };
    const { pool } = await granting();
    const subject = await pool.create(to.resource, making, (request) => this.#send(request));
    redactor.hideIn(subject.value);
    const client = clientIn(subject.value);
    if (client === undefined)
      return { unobtainable: `The created ${to.resource} came back without its secret.`, because: 'target' };
    return this.#createGrant(resource, creation, { client, id: subject.id });
  }

  async #createGrant(
    resource: Resource,
    creation: Operation,
    { client, id: clientId }: { readonly client: Client; readonly id: string },
  ): Promise<Grantee | Unobtainable> {
    const { target } = this.#options;
    const { grants } = resource;
    const body: Record<string, Json> =
      grants === undefined ? {} : { [grants.to]: clientId, [grants.audience]: target.audience, [grants.scopes]: [] };
    const exchange = await this.#send(buildRequest(creation, { ...noValues, body }));
    const id = exchange.response.json === undefined ? undefined : idOf(resource, exchange.response.json);
    if (!succeeded(exchange) || id === undefined) return lackOfCredentials(refusal(this.#options, exchange));
    return { client, resource, grant: id };
  }
}

async function requestToken(
  options: ScopedIssuerOptions,
  client: Client,
  scopes?: readonly string[],
): Promise<Token | Unobtainable> {
  const { contract, target, redactor, sendOpen } = options;
  const operation = tokenOperation(contract);
  if (operation === undefined) return lackOfCredentials('The contract has no operation that issues tokens.');
  const exchange = await sendOpen(buildRequest(operation, tokenRequest(client, target.audience, scopes)));
  const value = succeeded(exchange) ? tokenIn(exchange.response) : undefined;
  if (value === undefined) return { unobtainable: refusal(options, exchange), because: 'target' };
  redactor.hide(value, '$TOKEN');
  const actual = scopesOf(value);
  if (actual === undefined)
    return { unobtainable: 'The tokens of this target do not name their scopes.', because: 'target' };
  return { value, scopes: actual };
}

function lackOfCredentials(unobtainable: string): Unobtainable {
  return { unobtainable, because: 'credentials' };
}

/** How much of an answer a message quotes, in characters. */
const LONGEST_ANSWER = 160;

function refusal({ redactor }: ScopedIssuerOptions, { request, response }: Exchange): string {
  const answer = `${response.status} ${redactor.excerpt(excerpt(response.text), LONGEST_ANSWER)}`.trimEnd();
  return `Could not obtain a token with chosen scopes: ${request.method} ${request.path} answered ${answer}`;
}
