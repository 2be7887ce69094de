/** What a kind of change means. */
export interface Kind {
  readonly impact: 'breaking' | 'minor' | 'patch';
  readonly concerns: Concern;
  /** Why it has that impact: the second half of a sentence, without a full stop. */
  readonly why: string;
}

/** Whom a change concerns: those who send requests, those who read answers, or both. */
export type Concern = 'requests' | 'answers' | 'both';

type Row = Readonly<Record<Concern, (why: string) => Kind>>;

function row(impact: Kind['impact']): Row {
  const of =
    (concerns: Concern) =>
    (why: string): Kind => ({ impact, concerns, why });
  return { requests: of('requests'), answers: of('answers'), both: of('both') };
}

/** How the tables of kinds are written: `breaking.requests('what fitted is refused now')`. */
export const breaking = row('breaking');
export const minor = row('minor');
export const patch = row('patch');
