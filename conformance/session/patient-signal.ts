import { setMaxListeners } from 'node:events';

/** How long an answer is awaited after the run was cancelled: an effect must be known to be undone. */
const GRACE_MS = 2000;

/** A signal that fires a while after another. */
export function patientSignal(signal: AbortSignal | undefined): AbortSignal | undefined {
  if (signal === undefined) return undefined;
  const patient = new AbortController();
  // One listener for each open request: the number of workers times what a check sends at once.
  setMaxListeners(1000, signal, patient.signal);
  const later = () => setTimeout(() => patient.abort(), GRACE_MS).unref();
  signal.addEventListener('abort', later, { once: true });
  return patient.signal;
}
