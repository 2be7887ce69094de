import type { Json, JsonObject } from '../../contract/contract.js';
import { isHolderName } from '../../contract/derive/item-schemas.js';
import { pathSegments } from '../../contract/derive/path-shape.js';
import { isObject } from '../../contract/pointer.js';
import { isSecretName } from '../../contract/secrets/secret-name.js';
import { bareName } from '../../contract/text/bare-name.js';
import { userOf } from '../target/credential.js';
import type { Exchange } from '../target/exchange.js';

/** The last segments of paths of the account that sends a request, as bare names: `/users/me`, `/account`. */
const OWN_PATH = /^(me|self|myself|whoami|current|(my|current|own)?(user|account|profile))$/;

/** Bare names of what an account is signed in by. */
const SIGNS_IN = /^(user|username|login|loginname|email|emailaddress|name)$/;

/** Bare names of what decides whether an account may be used: `is_active`. */
const MAY_BE_USED = /^(is)?(active|enabled|disabled|blocked|locked|suspended|banned|archived|deleted)$/;

/** Bare names of the id of an item; `team_id` is the id of something else. */
const OWN_ID = /^(id|uid|uuid|guid|sid|gid)$/;

/**
 * The name of the property by which a request would shut out the run, and perhaps its user, where a path shows the account
 * that the run is signed in as: a password, whether the account may be used and, with HTTP Basic, the name that it is
 * signed in by. Undefined: it sends none of these, or what is shown is not that account.
 *
 * @param sent - the body
 * @param before - what the path showed before the first change
 */
export function locksOut(sent: Json, route: string, before: Exchange): string | undefined {
  const user = userOf(before.authorization);
  const shown = heldIn(before.response.json ?? null);
  const isName = (name: string) => user !== undefined && shown[name] === user && SIGNS_IN.test(bareName(name));
  const isOwn = isOwnPath(route) || Object.keys(shown).some(isName);
  if (!isOwn) return undefined;
  const isCritical = ([name, value]: readonly [string, Json]) =>
    isSecretName(name) || ((MAY_BE_USED.test(bareName(name)) || isName(name)) && value !== shown[name]);
  return Object.entries(heldIn(sent)).find(isCritical)?.[0];
}

/**
 * Whether what a path shows is lost once it is removed: the account of the sender, or another item with an id. Settings
 * come back with the next PUT; an item that a PUT makes has another id, if it makes one.
 */
export function isLostOnceRemoved(shown: Json, route: string): boolean {
  const isId = ([name, value]: readonly [string, Json]) =>
    OWN_ID.test(bareName(name)) && (typeof value === 'number' || (typeof value === 'string' && value !== ''));
  return isOwnPath(route) || Object.entries(heldIn(shown)).some(isId);
}

function isOwnPath(route: string): boolean {
  return OWN_PATH.test(bareName(pathSegments(route).at(-1) ?? ''));
}

/** The properties of a value, or of the object that holds them: `{"data": {"id": 7}}`. */
function heldIn(value: Json): JsonObject {
  if (!isObject(value)) return {};
  const [[name, held] = [], ...others] = Object.entries(value).filter(([, each]) => isObject(each));
  const isHolder = name !== undefined && others.length === 0 && isHolderName(name);
  return isHolder && isObject(held) ? held : value;
}
