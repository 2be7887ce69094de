import type { Contract, Json, Resource } from '../../../contract/contract.js';
import { deriveSeed } from '../../engine/seed.js';
import { Stop } from '../../engine/stop.js';
import type { FixturePool } from '../../fixtures/fixture-pool.js';
import { excerpt } from '../../judge/safety.js';
import type { Effects } from '../../lookup/effects.js';
import { idOf } from '../../lookup/identity.js';
import {
  type Client,
  clientIn,
  machineClient,
  tokenIn,
  tokenOperation,
  tokenRequest,
} from '../auth0/client-credentials.js';
import { type Exchange, succeeded } from '../exchange.js';
import type { Redactor } from '../redact.js';
import { buildRequest, noValues, type PlannedRequest } from '../request.js';
import type { Target } from '../target.js';
import { scopesOf } from './jwt.js';
import type { Token, Unobtainable } from './token.js';

/** Issues tokens with chosen scopes. */
export interface ScopedIssuer {
  /** The token's scopes are those that it says it has: look whether they are those that were asked for. */
  issue(scopes: readonly string[]): Promise<Token | Unobtainable>;
}

export interface ScopedIssuerOptions {
  readonly contract: Contract;
  readonly target: Target;
  readonly effects: Effects;
  readonly redactor: Redactor;
  /** Makes the client that tokens are granted to. */
  readonly pool: () => FixturePool;
  readonly seed: number;
  /** Sends without a token. */
  readonly sendOpen: (request: PlannedRequest) => Promise<Exchange>;
  /** Sends with the token that may everything. */
  readonly send: (request: PlannedRequest) => Promise<Exchange>;
}

/** A client of ours with the one grant that says what its next token may do. */
interface Grantee {
  readonly client: Client;
  readonly resource: Resource;
  /** The id of the grant. */
  readonly grant: string;
}

/**
 * By a `scope` parameter where the target honours it; else by a client of our own whose grant is changed before each
 * token. One at a time: between the change and the token nobody else may change it.
 */
export function createScopedIssuer(options: ScopedIssuerOptions): ScopedIssuer {
  const { contract, target, effects, redactor, pool, seed, send, sendOpen } = options;
  let turn: Promise<unknown> = Promise.resolve();
  let honoursParameter: boolean | undefined;
  let grantee: Grantee | Unobtainable | undefined;

  const request = async (client: Client, scopes?: readonly string[]): Promise<Token | Unobtainable> => {
    const operation = tokenOperation(contract);
    if (operation === undefined) return credentialsLack('The contract has no operation that issues tokens.');
    const exchange = await sendOpen(buildRequest(operation, tokenRequest(client, target.audience, scopes)));
    const value = succeeded(exchange) ? tokenIn(exchange.response) : undefined;
    if (value === undefined) return { unobtainable: refused(exchange), because: 'target' };
    redactor.hide(value, '$TOKEN');
    const actual = scopesOf(value);
    if (actual === undefined)
      return { unobtainable: 'The tokens of this target do not say their scopes.', because: 'target' };
    return { value, scopes: actual };
  };

  const tryParameter = async (client: Client): Promise<boolean> => {
    const [one] = contract.scopes;
    if (one === undefined || contract.scopes.length < 2) return false;
    const token = await request(client, [one]);
    return 'value' in token && token.scopes.length === 1 && token.scopes[0] === one;
  };

  const grant = async (): Promise<Grantee | Unobtainable> => {
    const resource = [...contract.resources.values()].find(({ grants }) => grants !== undefined);
    const grants = resource?.grants;
    const to = resource?.refers.find(({ property }) => property === grants?.to);
    const creation = resource === undefined ? undefined : effects.one('create', resource.name);
    if (resource === undefined || grants === undefined || to === undefined || creation === undefined) {
      return credentialsLack('The contract has nothing that grants scopes to a client.');
    }
    const subject = await pool().create(
      to.resource,
      { values: machineClient, seed: deriveSeed(seed, 'grantee'), keep: true },
      send,
    );
    redactor.hideIn(subject.value);
    const client = clientIn(subject.value);
    if (client === undefined)
      return { unobtainable: `The ${to.resource} that was created came back without its secret.`, because: 'target' };
    const body: Record<string, Json> = {
      [grants.to]: subject.id,
      [grants.audience]: target.audience,
      [grants.scopes]: [],
    };
    const exchange = await send(buildRequest(creation, { ...noValues, body }));
    const id = exchange.response.json === undefined ? undefined : idOf(resource, exchange.response.json);
    if (!succeeded(exchange) || id === undefined) return credentialsLack(refused(exchange));
    return { client, resource, grant: id };
  };

  const issueByGrant = async (scopes: readonly string[]): Promise<Token | Unobtainable> => {
    grantee ??= await grant();
    if ('unobtainable' in grantee) return grantee;
    const { resource, client } = grantee;
    const update = effects.one('update', resource.name);
    const parameter = update?.effect?.of[resource.name];
    if (update === undefined || parameter === undefined || resource.grants === undefined) {
      return credentialsLack(`The contract has no operation that changes a ${resource.name}.`);
    }
    const values = { ...noValues, path: { [parameter]: grantee.grant }, body: { [resource.grants.scopes]: scopes } };
    const exchange = await send(buildRequest(update, values));
    return succeeded(exchange) ? request(client) : credentialsLack(refused(exchange));
  };

  const issue = async (scopes: readonly string[]): Promise<Token | Unobtainable> => {
    const { client } = target.credentials;
    if (client === undefined) {
      return credentialsLack(
        'A token was given but no client: tokens with other scopes need --client-id and ROLECALL_CLIENT_SECRET.',
      );
    }
    try {
      honoursParameter ??= await tryParameter(client);
      // Without any scope the parameter is as if it were not there.
      return honoursParameter && scopes.length > 0 ? await request(client, scopes) : await issueByGrant(scopes);
    } catch (error) {
      if (error instanceof Stop && (error.because === 'credentials' || error.because === 'contract'))
        return credentialsLack(error.message);
      throw error;
    }
  };

  return {
    issue(scopes) {
      const mine = turn.then(() => issue(scopes));
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}

function credentialsLack(unobtainable: string): Unobtainable {
  return { unobtainable, because: 'credentials' };
}

function refused({ request, response }: Exchange): string {
  return `A token with chosen scopes could not be had: ${request.method} ${request.path} answered ${response.status} ${excerpt(response.text)}`.trimEnd();
}
