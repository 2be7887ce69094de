import type { Family } from '../conformance/finding/finding.js';
import type { TargetResponse } from '../conformance/target/exchange.js';
import type { HttpRequest } from '../conformance/target/target.js';
import type { Json } from '../contract/contract.js';

/**
 * How hard a fault is to see. `standard`: any check of the operation at the default depth must find it. `hard`: it shows
 * in one request of twenty, on the second page only, in a race, by a cache, or for one token of many.
 */
export type Level = 'standard' | 'hard';

/** A planted fault, as data. */
export interface Fault {
  readonly name: string;
  readonly family: Family;
  /** The operation that is at fault. */
  readonly operation: string;
  readonly level: Level;
  /** What the server does wrong, in one line. */
  readonly title: string;
  /** Where it is planted: in front of a conforming server, or in a hand-written one. */
  readonly where: 'gateway' | 'server';
  /** Other families whose findings blame it rightly too. */
  readonly also?: readonly Family[];
}

/** A request on its way through the gateway. */
export interface Passing extends HttpRequest {
  /** The path without its query. */
  readonly route: string;
  readonly query: URLSearchParams;
  /** The body as JSON; absent where there is none. */
  readonly json?: Json;
}

/** What a planted fault may use. */
export interface Gateway {
  /** Passes a request on, as it is or changed. */
  send(request: HttpRequest): Promise<TargetResponse>;
  /** The Authorization header of a token with all scopes. */
  fullAuthorization(): Promise<string>;
  /** What the fault remembers. */
  readonly memory: Map<string, unknown>;
}

/** The code of a fault: answers a request in place of the server. */
export type Break = (request: Passing, gateway: Gateway) => Promise<TargetResponse>;

/** One line of the catalogue: name, family, operation, level, title, code, and other families that blame it rightly. */
export type Planted = readonly [
  name: string,
  family: Family,
  operation: string,
  level: Level,
  title: string,
  breaks: Break,
  also?: readonly Family[],
];
