/** What a kind of change means. */
export interface Kind {
  readonly impact: 'breaking' | 'minor' | 'patch';
  readonly concerns: Concern;
  /** Why it has that impact: the second half of a sentence, without a full stop. */
  readonly why: string;
}

/** Which side of the API a change affects: requests, answers, or both. */
export type Concern = 'requests' | 'answers' | 'both';

type Row = Readonly<Record<Concern, (why: string) => Kind>>;

function row(impact: Kind['impact']): Row {
  const of =
    (concerns: Concern) =>
    (why: string): Kind => ({ impact, concerns, why });
  return { requests: of('requests'), answers: of('answers'), both: of('both') };
}

/** Builders for the tables of kinds: `breaking.requests('requests without it are refused')`. */
export const breaking = row('breaking');
export const minor = row('minor');
export const patch = row('patch');
