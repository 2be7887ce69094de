import type { JsonObject, Sdk } from '../contract.js';
import { entriesOf, objectOr, stringOr } from '../load/source.js';
import { joinPointer } from '../pointer.js';

/** `x-sdks`. Their form has already been checked. */
export function readSdks({ components }: JsonObject): ReadonlyMap<string, Sdk> {
  const sdks = entriesOf(objectOr(components)['x-sdks']).map(([name, entry]): readonly [string, Sdk] => {
    const value = objectOr(entry);
    return [
      name,
      {
        name,
        package: stringOr(value.package),
        import: stringOr(value.import),
        client: stringOr(value.client),
        methods: new Map(entriesOf(value.methods).map(([operation, method]) => [operation, stringOr(method)])),
        pointer: joinPointer('/components', 'x-sdks', name),
      },
    ];
  });
  return new Map(sdks);
}
