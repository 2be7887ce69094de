import type { Contract, Json, Operation, Parameter, Schema } from '../../contract/contract.js';
import { freeParameters, hasFreeParameters } from '../../contract/free-parameters.js';
import { includesJson } from '../../contract/http/media-type.js';
import { templateShape } from '../../contract/http/same-request.js';
import { isObject } from '../../contract/pointer.js';
import { bareName } from '../../contract/text/bare-name.js';
import { nameWords } from '../../contract/text/name-words.js';
import { PAGING_NAMES } from '../../contract/usual-pages.js';
import { propertiesOf, requiredOf, shapeBesideNull, shapeOf } from '../arbitraries/schema-shape.js';
import type { Exchange } from '../target/exchange.js';
import { bodyMedia } from '../target/request-body.js';
import { isUuid } from './is-uuid.js';
import { markIn } from './mark.js';
import { mentions } from './mentions.js';
import { wantsOtherCredential } from './other-credential.js';
import { MOST_REACH, reachOf } from './resource-operations.js';
import { saysItemMissing } from './said-missing.js';
import { isUnknownLogin } from './unknown-login.js';

/** Statuses of a request that names what does not exist. */
const UNKNOWN: ReadonlySet<number> = new Set([404, 410]);
/** Statuses of a request that names what cannot exist. */
const UNFIT: ReadonlySet<number> = new Set([400, 422]);

/** Whether a path has values that stand for nothing the run has created. */
export function namesInvented(operation: Operation): boolean {
  return inventedIn(operation).length > 0;
}

/** The path parameters that name nothing the run has created. */
function inventedIn({ effect, names = {}, parameters }: Operation): readonly Parameter[] {
  if (effect !== undefined) return [];
  const known = new Set(Object.values(names));
  return freeParameters({ parameters }).filter(({ name }) => !known.has(name));
}

/** Whether a required query parameter may name something: `?login_challenge=`, of which nothing says where it comes from. */
export function mayNameInQuery({ effect, parameters }: Operation): boolean {
  const isName = ({ in: place, required, schema }: Parameter): boolean =>
    place === 'query' && required && isAnyText(schema);
  return effect === undefined && parameters.some(isName);
}

/** The same of a required text in the body: `{"email": …}` of a login, or of a request to reset a password. */
export function mayNameInBody(contract: Contract, operation: Operation): boolean {
  if (operation.effect !== undefined) return false;
  const schema = shapeOf(contract, bodyMedia(operation)?.schema ?? {});
  const properties = propertiesOf(schema);
  return requiredOf(schema).some((name) => shapeOf(contract, properties[name] ?? {}).type === 'string');
}

/**
 * Why a valid request need not succeed: what it names was invented, and may be missing or, where nothing says what the
 * operation makes, be left there by an earlier request.
 */
export function unmetCondition(contract: Contract, operation: Operation, exchange: Exchange): string | undefined {
  const isUnknown = UNKNOWN.has(exchange.response.status);
  if (isUnknown && namesInvented(operation))
    return 'the path names something that the target does not have (--set-path NAME=VALUE names what it has)';
  if (isUnknown && mayNameInQuery(operation) && !hasCauses(operation))
    return 'the query names something that the target does not have';
  if (isUnknown && namesPage(operation, exchange)) return 'the query names a page that the target does not have';
  const { body } = exchange.request.values ?? {};
  const mayName = refersToOther(operation, body) || mayBeChange(operation, exchange);
  if ((isUnknown && mayName) || isUnknownReference(operation, exchange))
    return 'the body names something that the target does not have';
  if (isMissingReference(operation, exchange)) return 'the body names something that the target does not have';
  if (isUnknownLink(contract, operation, exchange)) return 'the body names something that the target does not have';
  if (isOpenLink(contract, operation, exchange)) return 'the body leaves open which item of the target it names';
  if (isSaidToBeUnknown(operation, exchange)) return 'the request names something that the target does not have';
  if (isSaidToBeMissing(contract, operation, exchange))
    return 'the request names something that the target does not have';
  if (isFull(operation, exchange)) return 'the target takes no more of what the request makes';
  if (isTaken(operation, exchange)) return 'the target already has a value of the body';
  if (!hasCauses(operation) && isUnknownLogin(contract, operation, exchange))
    return 'the body has credentials that the target does not know';
  if (!hasCauses(operation) && wantsOtherCredential(contract, operation, exchange))
    return 'the target takes another credential here than that of the run';
  if (exchange.response.status === 401 && reachOf(operation, contract) === MOST_REACH)
    return 'an earlier request of this kind may have ended the token';
  if (isHiddenName(operation, exchange)) return 'the path may name something that the token may not see';
  if (isUnfitName(operation, exchange)) return 'the path may name nothing of a form that the target takes';
  if (exchange.response.status === 406 && answersOtherwise(operation))
    return 'the target does not have the answer as JSON';
  if (isPutThere(contract, operation, exchange)) return 'nothing may be at the path until a PUT puts it there';
  const { effect, method } = operation;
  const mayMake = method !== 'GET' && effect === undefined && !hasCauses(operation);
  if (mayMake && mayWantState(operation, exchange)) return 'the target may want another state of what the path names';
  return mayMake && isDuplicate(exchange) ? 'the target may already have what the request makes' : undefined;
}

/** Whether a query asks for a page by a usual name: how many pages there are, and which is the first, documents rarely say. */
function namesPage(operation: Operation, { request }: Exchange): boolean {
  const { number, offset, cursor } = PAGING_NAMES;
  const isPage = (name: string): boolean => [number, offset, cursor].some((names) => names.has(bareName(name)));
  return operation.method === 'GET' && !hasCauses(operation) && Object.keys(request.values?.query ?? {}).some(isPage);
}

/** What servers say of a duplicate, the databases behind them included. */
const DUPLICATE =
  /already[ _-](exists?|present|taken|used|in[ _-]use|registered|(has )?been (taken|used|registered))|duplicate|unique constraint|(must|should) be unique|is not unique/i;

/** Whether a request was refused because what it makes is there. Without causes in the contract, only the text says so. */
export function isDuplicate({ response: { status, text } }: Exchange): boolean {
  return status === 409 || (UNFIT.has(status) && DUPLICATE.test(text));
}

/** What servers say where there is no room for more: of a license, a plan or a quota. */
const FULL =
  /\b(limit|quota)( (has been|was|is))? (reached|exceeded)\b|\breached (the|your|its) (\w+ ){0,3}(limit|quota)\b/i;

/** Whether a creation was refused since the target has as many as it takes: documents do not say how many those are. */
function isFull(operation: Operation, { response: { status, text } }: Exchange): boolean {
  const { effect, method } = operation;
  const makes = effect?.kind === 'create' || (effect === undefined && method === 'POST');
  return makes && !hasCauses(operation) && status >= 400 && status < 500 && FULL.test(text);
}

/**
 * Whether a refusal says that another item has a value of the body. One with the mark of the run is another one each time;
 * an address of one letter, which a check sends as the shortest, is not, and documents do not say what is unique.
 */
function isTaken(operation: Operation, exchange: Exchange): boolean {
  const { request, response } = exchange;
  if (hasCauses(operation) || !isDuplicate(exchange)) return false;
  const unmarked = leavesOf(request.values?.body).filter((value) => markIn(value) === undefined);
  return unmarked.some((value) => mentions(response.text, value)) || isTakenByCode(request.values?.body, response.text);
}

/** Codes of errors, as in `{"detail": "BADGE_CODENAME_ALREADY_EXISTS"}`. */
const CODE = /\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\b/g;

/** The same of a code, which names the property and never its value. */
function isTakenByCode(body: Json | undefined, text: string): boolean {
  const codes = (text.match(CODE) ?? []).filter((code) => DUPLICATE.test(code));
  const names = Object.entries(isObject(body) ? body : {}).flatMap(([name, value]) =>
    typeof value === 'string' && markIn(value) === undefined ? [nameWords(name).join('_').toUpperCase()] : [],
  );
  return codes.some((code) => names.some((name) => `_${code}_`.includes(`_${name}_`)));
}

/** What servers say of a name that stands for nothing. */
const MISSING =
  /(do|does|did) ?n[o']t exist|not (be )?found|(can(no|')t|could ?n[o']t) find|no such|unknown|non-?existent/i;

/**
 * Whether a refusal says that a value of the body stands for nothing: `{"roles": [997]}` gets "Role 997 does not exist".
 * A 404 says so by its status, in whatever words.
 */
function isUnknownReference(operation: Operation, { request, response: { status, text } }: Exchange): boolean {
  const isAboutName = UNKNOWN.has(status) || (UNFIT.has(status) && MISSING.test(text));
  if (!isAboutName || hasCauses(operation)) return false;
  // What the path names exists; and a server without such a route may repeat the path.
  const named = Object.values(request.values?.path ?? {}).map(String);
  const isElsewhere = (value: string) => named.includes(value) || mentions(request.path, value);
  return leavesOf(request.values?.body).some((value) => !isElsewhere(value) && mentions(text, value));
}

/** What servers say, and the databases behind them, of an id that stands for nothing, without naming it. */
const NO_REFERENCE = /\bforeign[ _-]?key\b|\breferential\b|\brecords? referenc(ing|ed by)\b/i;

/** Whether a refusal says of some id in the body that nothing has it. */
function isMissingReference(operation: Operation, { request, response: { status, text } }: Exchange): boolean {
  const isRefused = UNFIT.has(status) || status === 409;
  return isRefused && NO_REFERENCE.test(text) && refersToOther(operation, request.values?.body);
}

/** What servers say of an address that leads to no item, besides. */
const NO_ITEM = /\bno (\w+ )?match\b|invalid (hyper)?link/i;

/**
 * Whether a refusal says of a property that names another item, and holds no key, that this is unknown: `{"club": {}}`,
 * an object with an optional id, or `{"club": "https://…"}` gets `{"club": ["Related object not found"]}`.
 */
function isUnknownLink(contract: Contract, operation: Operation, exchange: Exchange): boolean {
  const { text } = exchange.response;
  return (MISSING.test(text) || NO_ITEM.test(text)) && isAboutLink(contract, operation, exchange);
}

/** What servers say where several items have what a request says of one. */
const SEVERAL = /\b(multiple|several|more than one|ambiguous)\b.{0,60}\b(match(es|ed)?|found|returned|exist)\b/i;

/** The same of a property for which any item would do: `{"club": {}}` gets `{"club": ["Multiple objects match"]}`. */
function isOpenLink(contract: Contract, operation: Operation, exchange: Exchange): boolean {
  return SEVERAL.test(exchange.response.text) && isAboutLink(contract, operation, exchange);
}

/** Whether a refusal names a property that names another item, and holds no key. */
function isAboutLink(
  contract: Contract,
  operation: Operation,
  { request, response: { status, text } }: Exchange,
): boolean {
  if (!UNFIT.has(status) || hasCauses(operation)) return false;
  const { body } = request.values ?? {};
  const declared = propertiesOf(shapeOf(contract, bodyMedia(operation)?.schema ?? {}));
  return Object.keys(isObject(body) ? body : {}).some(
    (name) => mentions(text, name) && isLink(contract, declared[name] ?? {}),
  );
}

/** Whether a value is the address of an item or an object with its id, or a list of such. */
function isLink(contract: Contract, schema: Schema): boolean {
  const { items, ...shape } = shapeBesideNull(contract, schema);
  if (isObject(items)) return isLink(contract, items);
  const isAddress = shape.type === 'string' && ['uri', 'url', 'uri-reference'].includes(String(shape.format));
  return isAddress || Object.hasOwn(propertiesOf(shape), 'id');
}

/**
 * Whether a refusal says of an id in the body or the query what it stands for, and that this is unknown: `tenant_id` gets
 * "Unknown tenant", `USER_CREATE_UNKNOWN_TENANT` or "The tenant does not exist". An unknown property is something else.
 */
function isSaidToBeUnknown(operation: Operation, { request, response: { status, text } }: Exchange): boolean {
  if (!UNFIT.has(status) || hasCauses(operation)) return false;
  const { body, query = {} } = request.values ?? {};
  const said = nameWords(text).join(' ');
  return Object.keys({ ...(isObject(body) ? body : {}), ...query }).some((name) => {
    const words = nameWords(name);
    const noun = words.at(-2);
    if (noun === undefined || !/^ids?$/.test(words.at(-1) ?? '')) return false;
    const missing = '((was|is|could) )?(not (be )?found|unknown|(does|do|did)( not|n t) exist)';
    return new RegExp(`\\b((unknown|no such|non ?existent) ${noun}|${noun}( id)? ${missing})\\b`).test(said);
  });
}

/**
 * Whether a refusal says of what kind of item is missing, with whatever status: a path, a query or a body names one that
 * was invented, or leaves it out. What the run has made for the request is there.
 */
function isSaidToBeMissing(contract: Contract, operation: Operation, { request, response }: Exchange): boolean {
  const { effect, names = {} } = operation;
  if (response.status < 400 || response.status >= 500 || hasCauses(operation)) return false;
  const { body, query = {} } = request.values ?? {};
  const mayName = namesInvented(operation) || body !== undefined || Object.keys(query).length > 0;
  const own = [effect?.target, ...Object.keys(effect?.of ?? {}), ...Object.keys(names)];
  return mayName && saysItemMissing(contract, response.text, new Set(own.flatMap((name) => name?.split('-') ?? [])));
}

/** The texts and numbers in a body. */
function leavesOf(body: Json | undefined): readonly string[] {
  if (typeof body === 'string' || typeof body === 'number') return [String(body)];
  return typeof body === 'object' && body !== null ? Object.values(body).flatMap(leavesOf) : [];
}

/** Whether a refusal may be about an invented name: some servers do not tell what exists. */
function isHiddenName(operation: Operation, { response: { status } }: Exchange): boolean {
  return status === 403 && namesInvented(operation) && !hasCauses(operation);
}

/** Whether a documented refusal may be about an item of unknown state: nothing says when `POST /orders/{id}/ship` succeeds. */
function mayWantState({ names, responses }: Operation, { response: { status } }: Exchange): boolean {
  const isListed = responses.some((response) => response.status === String(status));
  return names !== undefined && isListed && [400, 404, 409, 410, 422].includes(status);
}

/**
 * Whether nothing may be at a path of which everything it names exists, until a PUT at the same path puts something there,
 * as where a GET tells whether one item is given to another, or shows settings. Of a path that names nothing, the
 * documented refusal says so.
 */
function isPutThere(contract: Contract, operation: Operation, { response: { status } }: Exchange): boolean {
  const { method, route, effect, responses } = operation;
  const isOnce = contract.resources.get(effect?.target ?? '')?.once === true;
  if (!['GET', 'HEAD', 'DELETE'].includes(method) || (effect !== undefined && !isOnce)) return false;
  if (!UNKNOWN.has(status) || hasCauses(operation) || !responses.some((each) => each.status === String(status)))
    return false;
  const shape = templateShape(route);
  const puts = contract.operations.filter((other) => other.method === 'PUT' && templateShape(other.route) === shape);
  const creates = ({ requestBody, responses: got }: Operation): boolean =>
    requestBody === undefined || got.some((each) => each.status === '201');
  return puts.some((put) => !hasFreeParameters(operation) || creates(put));
}

/** Whether a success may be of another type than JSON, which requests do not ask for where there is a choice. */
function answersOtherwise({ responses }: Operation): boolean {
  const types = responses.filter(({ status }) => /^2/.test(status)).flatMap(({ content }) => content);
  return types.some(({ type }) => includesJson(type)) && types.some(({ type }) => !includesJson(type));
}

/**
 * Whether a refusal may be about an invented name, of whose form the document does not say everything: a pattern tells which
 * characters a name has, and not that they are those of an enciphered number.
 */
function isUnfitName(operation: Operation, { response: { status } }: Exchange): boolean {
  const isFree = inventedIn(operation).some(({ schema: { pattern: _pattern, ...schema } }) => isAnyText(schema));
  return UNFIT.has(status) && isFree && !hasCauses(operation);
}

function isAnyText({ type, enum: values, pattern, format }: Schema): boolean {
  return type === 'string' && values === undefined && pattern === undefined && format === undefined;
}

/**
 * Whether a body has the id of something else: `owner_id`, `tagIds`, or a UUID that is not its own. Only a contract with
 * causes of errors says what such an id needs.
 */
function refersToOther(operation: Operation, body: Json | undefined): boolean {
  if (!isObject(body) || hasCauses(operation)) return false;
  const isId = (name: string, value: Json): boolean =>
    (/[a-z](_id|Id|ID)s?$/.test(name) && value !== null) || (typeof value === 'string' && isUuid(value));
  return Object.entries(body).some(([name, value]) => name !== 'id' && isId(name, value));
}

/**
 * Whether a listed refusal may be about a key in the body: a `POST /songs` whose body may have an `id` changes that song
 * where it has one.
 */
function mayBeChange(operation: Operation, { request: { values }, response: { status } }: Exchange): boolean {
  const { method, responses } = operation;
  const isListed = responses.some((response) => response.status === String(status));
  const hasKey = isObject(values?.body) && Object.keys(values.body).some((name) => /^_?(id|uuid|guid)$/i.test(name));
  return method === 'POST' && isListed && hasKey && !hasCauses(operation);
}

/** Whether the contract says what causes the errors of an operation. */
export function hasCauses({ responses }: Operation): boolean {
  return responses.some(({ problems }) => problems.length > 0);
}
