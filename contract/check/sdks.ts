import type { Contract } from '../contract.js';
import { joinPointer } from '../pointer.js';
import type { Flaw } from './flaw.js';
import { unknownName } from './unknown-name.js';

/** Operations that an SDK has a method for and that do not exist. */
export function checkSdks({ sdks, operations: all }: Contract): readonly Flaw[] {
  const known = new Set(all.map(({ id }) => id));
  return [...sdks.values()].flatMap(({ pointer, methods, signatures }) =>
    Object.entries({ methods, signatures }).flatMap(([keyword, operations]) =>
      [...operations.keys()]
        .filter((operation) => !known.has(operation))
        .map((operation) => unknownName(joinPointer(pointer, keyword, operation), 'operation', operation, known)),
    ),
  );
}
