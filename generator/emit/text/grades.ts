import type { Grade } from '../../../contract/contract.js';

/** What the grades of facts mean to a reader, the most certain first. */
export const GRADES: Readonly<Record<Grade, { readonly short: string; readonly meaning: string }>> = {
  recorded: {
    short: 'Seen in responses of the real service',
    meaning: 'Seen in responses of the real service. Where documents say something else, the recorded responses count.',
  },
  documented: {
    short: 'Stated by official documents',
    meaning: 'Stated by official documents, and not contradicted by recorded responses.',
  },
  reported: {
    short: 'Reported by users in public',
    meaning:
      'Reported by users of the service in public, such as in forums and issue trackers. Likely, but not verified.',
  },
  inferred: {
    short: 'Concluded from similar operations',
    meaning: 'Concluded from similar operations or from standards. Do not depend on details.',
  },
  unknown: {
    short: 'No source says so',
    meaning: 'No source says so: the page has the most plausible behaviour. Test it before you depend on it.',
  },
  disputed: {
    short: 'Sources contradict each other',
    meaning: 'Sources contradict each other. Write code that works either way.',
  },
};
