import type { Json } from '../../contract/contract.js';
import { decodeSegment } from '../../contract/http/percent-encoding.js';
import type { PlannedRequest } from '../target/request.js';
import { parseJson } from '../target/target.js';
import { mentions } from './mentions.js';

/** An item, and how requests name it. */
export interface NamedItem {
  readonly resource: string;
  readonly names: readonly string[];
}

/** Numbers that are also counts, sizes and statuses, and ids of other resources. */
const SHORT_NUMBER = /^\d{1,6}$/;

/** Whether a request names an item: in its path, its query or its body. A short number has to be a whole value there. */
export function requestNames(request: PlannedRequest, { resource, names }: NamedItem): boolean {
  const text = `${decodeSegment(request.path) ?? request.path} ${request.body ?? ''}`;
  return names.some((name) =>
    SHORT_NUMBER.test(name) ? mentions(text, name) && hasValue(request, resource, name) : mentions(text, name),
  );
}

/** Whether a line of a finding names an item. A short number has to be in a list of items, or after its resource. */
export function textNames(text: string, { resource, names }: NamedItem): boolean {
  return names.some((name) => {
    if (!SHORT_NUMBER.test(name)) return mentions(text, name);
    const label = `${resource}: `;
    const [listed = ''] = (text.startsWith(label) ? text.slice(label.length) : text).split(' (');
    return listed.split(', ').includes(name) || text.startsWith(`${name} is `) || mentions(text, `${resource} ${name}`);
  });
}

/** Whether a value is the name of an item, and not that of another resource, which the path may have. */
function hasValue({ operation, values, path, body = '' }: PlannedRequest, resource: string, name: string): boolean {
  if (values === undefined) {
    const [plain = ''] = path.split('?');
    const sent = parseJson(body).json ?? null;
    return plain.split('/').includes(name) || leavesOf(sent).includes(name);
  }
  const named = Object.entries(operation?.effect?.of ?? operation?.names ?? {});
  const others = new Set(named.filter(([side]) => side !== resource).map(([, parameter]) => parameter));
  const own = Object.entries(values.path).filter(([parameter]) => !others.has(parameter));
  const given = [...own.map(([, value]) => value), values.query, values.header, values.body ?? null];
  return given.flatMap(leavesOf).includes(name);
}

/** The texts and numbers in a value, as texts. */
function leavesOf(value: Json): readonly string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}
