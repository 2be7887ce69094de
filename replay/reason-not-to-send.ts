import type { Catalogue } from './assume/catalogue.js';
import type { RunPreparation } from './assume/prepare.js';
import { unstatedRefusal } from './assume/unstated-reason.js';
import type { Correspondence } from './compare/correspondence.js';
import type { RecordedCursors } from './recorded/cursors.js';
import { textWithNumbers } from './recorded/numbered-text.js';
import { type Reference, referencesInBody, referencesInPath } from './recorded/references.js';
import type { ReplayContract } from './recorded/replay-contract.js';
import { effectOf, type RoutedStep, writes } from './recorded/step.js';

/** What a run knows of the requests that it can send. */
export interface SendingContext {
  readonly known: ReplayContract;
  readonly catalogue: Catalogue;
  readonly correspondence: Correspondence;
  readonly cursors: RecordedCursors;
  /** Absent where the recording assumes nothing. */
  readonly preparation: RunPreparation | undefined;
  /** Whether the target keeps its items after the run: it cannot be restarted. */
  readonly keepsItems: boolean;
}

/** Why a recorded request cannot be sent, or why its answer could not be compared. */
export function reasonNotToSend(step: RoutedStep, context: SendingContext): string | undefined {
  const { known, correspondence, cursors, keepsItems } = context;
  if (step.incomplete !== undefined) {
    const mustSend = step.incomplete === 'response' && writes(step) && effectOf(step)?.kind !== 'create';
    if (!mustSend) return `the recording lacks the ${step.incomplete} body`;
  }
  const refusal = keepsItems ? undefined : unstatedRefusal(known, step);
  return refusal ?? unmetBy(step, context) ?? cursors.missing(step, correspondence) ?? unmappedNumber(step, context);
}

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** A number is likely to be somebody else's at a target that keeps its items: nothing is changed there by one. */
function unmappedNumber({ match }: RoutedStep, { keepsItems, correspondence }: SendingContext): string | undefined {
  if (!keepsItems || READS.has(match.operation.method)) return undefined;
  const unmapped = Object.entries(match.path).find(
    ([, value]) => /^-?\d+$/.test(textWithNumbers(value)) && correspondence.actualOf(value) === undefined,
  );
  if (unmapped === undefined) return undefined;
  const [name, value] = unmapped;
  return `the recording does not say which item "${name}" names, and ${textWithNumbers(value)} may be another one at the target`;
}

/** It refers to an assumed entity that could not be created. */
function unmetBy(step: RoutedStep, context: SendingContext): string | undefined {
  const { known, preparation } = context;
  if (preparation === undefined) return undefined;
  const named = [...referencesInPath(known, step), ...referencesInBody(known, step)];
  return named.map((one) => unmetReason(one, preparation, context)).find((reason) => reason !== undefined);
}

function unmetReason(
  { resource, properties, value }: Reference,
  { unmet }: RunPreparation,
  { catalogue, correspondence }: SendingContext,
): string | undefined {
  const [entity] = properties.flatMap((property) => catalogue.all(resource, property, value));
  // The target may have created it too.
  return entity === undefined || correspondence.actualOf(value) !== undefined ? undefined : unmet.get(entity);
}
