import type { TargetResponse } from '../../conformance/target/exchange.js';
import { isObject } from '../../contract/pointer.js';
import type { Correspondence } from '../compare/correspondence.js';
import { effectOf, isSuccess, queryValue, type RoutedStep } from './step.js';

/** The cursors that recorded answers gave so far, each for the next page of a listing. */
export class RecordedCursors {
  readonly #cursors = new Set<string>();

  add(step: RoutedStep): void {
    for (const [, cursor] of cursorsIn(step)) this.#cursors.add(cursor);
  }

  /** Why a page cannot be requested: its cursor is from before the recording, or the target returned none in its place. */
  missing(step: RoutedStep, correspondence: Correspondence): string | undefined {
    const cursor = queryValue(step, 'cursor');
    if (cursor === undefined || correspondence.actualOf(cursor) !== undefined) return undefined;
    if (this.#cursors.has(cursor)) return 'the target returned no cursor for this page';
    return isSuccess(step) ? 'the cursor of this page was returned before the recording' : undefined;
  }
}

/** Whether a page of the target has no cursor where the recorded one has: later pages need it. */
export function lacksCursor(step: RoutedStep, { json }: Pick<TargetResponse, 'json'>): boolean {
  return cursorsIn(step).some(([name]) => !isObject(json) || typeof json[name] !== 'string');
}

/** The cursors around the items of a recorded page, by name. */
function cursorsIn(step: RoutedStep): readonly (readonly [string, string])[] {
  const { body } = step.exchange.response;
  if (effectOf(step)?.kind !== 'list' || !isObject(body)) return [];
  return Object.entries(body).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' ? [[name, value] as const] : [],
  );
}
