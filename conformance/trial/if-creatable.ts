import { Stop } from '../engine/stop.js';

/**
 * What creates subjects of a check that go beyond what it needs: it goes on without them where the target refuses them, or
 * lacks the operation.
 * @param missed - called with the reason, a sentence
 * @throws other errors, such as the end of the run
 */
export async function ifCreatable<T>(
  create: () => Promise<T>,
  missed?: (reason: string) => void,
): Promise<T | undefined> {
  try {
    return await create();
  } catch (error) {
    if (!(error instanceof Stop) || (error.because !== 'target' && error.because !== 'absent')) throw error;
    missed?.(error.message);
    return undefined;
  }
}
