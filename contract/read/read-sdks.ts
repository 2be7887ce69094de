import type { Json, JsonObject, Sdk } from '../contract.js';
import { entriesOf, objectOr, stringOr } from '../json/json-value.js';
import { joinPointer } from '../pointer.js';
import type { SdkProperty, SdkSignature, SdkType } from '../vocabulary.js';

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
        methods: texts(value.methods),
        signatures: new Map(entriesOf(value.signatures).map(([operation, one]) => [operation, readSignature(one)])),
        types: new Map(entriesOf(value.types).map(([type, one]) => [type, readType(one)])),
        pointer: joinPointer('/components', 'x-sdks', name),
      },
    ];
  });
  return new Map(sdks);
}

function readSignature(value: Json): SdkSignature {
  const { takes, returns } = objectOr(value);
  return {
    ...(takes === undefined ? {} : { takes: stringOr(takes) }),
    returns: returns === 'nothing' || returns === 'pages' ? returns : 'value',
  };
}

function readType(value: Json): SdkType {
  const { properties, constants, of } = objectOr(value);
  if (of !== undefined) return { kind: 'wrapped', of: stringOr(of) };
  if (constants !== undefined) return { kind: 'enumerated', constants: texts(constants) };
  const read = entriesOf(properties).map(([name, property]): readonly [string, SdkProperty] => {
    const { method, takes } = objectOr(property);
    return [name, { method: stringOr(method), takes: stringOr(takes) }];
  });
  return { kind: 'built', properties: new Map(read) };
}

function texts(value: Json | undefined): ReadonlyMap<string, string> {
  return new Map(entriesOf(value).map(([name, text]) => [name, stringOr(text)]));
}
