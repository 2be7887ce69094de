import type { TargetResponse } from '../conformance/target/exchange.js';
import { type HttpRequest, parseJson } from '../conformance/target/target.js';

/** A listing of members is late by at most this long, in milliseconds. */
const LATEST_MS = 2000;

interface Change {
  readonly organization: string;
  readonly members: readonly string[];
  readonly kind: string;
  /** When the listing shows it. */
  readonly shownAt: number;
}

/** Listings of members that show changes up to two seconds late, as the service's search index does. */
export class LateMembers {
  readonly #clock: { now(): number };
  readonly #random: () => number;
  readonly #seen = new Map<string, unknown>();
  #changes: Change[] = [];

  constructor(clock: { now(): number }, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** The answer as a late listing gives it. */
  apply(request: HttpRequest, answer: TargetResponse): TargetResponse {
    const [, organization] = /organizations\/([^/?]+)\/members(\?|$)/.exec(request.path) ?? [];
    if (organization === undefined || answer.status >= 300) return answer;
    const now = this.#clock.now();
    if (request.method !== 'GET') {
      const members = membersIn(request.body);
      this.#changes.push({ organization, members, kind: request.method, shownAt: now + this.#random() * LATEST_MS });
      return answer;
    }
    this.#changes = this.#changes.filter(({ shownAt }) => shownAt > now);
    const open = this.#changes.filter((change) => change.organization === organization);
    if (!Array.isArray(answer.json)) return answer;
    for (const entry of answer.json) this.#seen.set(idOf(entry), entry);
    if (open.length === 0) return answer;
    const named = (kind: string) => open.filter((change) => change.kind === kind).flatMap(({ members }) => members);
    const shown = answer.json.filter((entry) => !named('POST').includes(idOf(entry)));
    const gone = named('DELETE').flatMap((id) => (this.#seen.has(id) ? [this.#seen.get(id)] : []));
    const text = JSON.stringify([...shown, ...gone]);
    return { ...answer, text, ...parseJson(text) };
  }
}

function idOf(entry: unknown): string {
  return String(Reflect.get(Object(entry), 'user_id'));
}

function membersIn(body: string | undefined): readonly string[] {
  const { json } = parseJson(body ?? '');
  const members: unknown = Reflect.get(Object(json), 'members');
  return Array.isArray(members) ? members.map(String) : [];
}
