import { expect, test } from 'vitest';
import type { Json } from '../../../../contract/contract.js';
import { contractOf } from '../../test-support/contract.js';
import { operationSamples } from '../samples-of.js';

const TYPES = {
  'com.example.types.NewThing': {
    properties: {
      name: { method: 'name', takes: 'String' },
      kind: { method: 'kind', takes: 'com.example.Kind' },
      owner_ids: { method: 'ownerIds', takes: 'List<String>' },
      parts: { method: 'parts', takes: 'List<com.example.Part>' },
      until: { method: 'until', takes: 'java.time.OffsetDateTime' },
    },
  },
  'com.example.Kind': { constants: { 'very-big': 'VERY_BIG' } },
  'com.example.Part': { of: 'com.example.Weight' },
  'com.example.Weight': { properties: { grams: { method: 'grams', takes: 'Integer' } } },
};

/** What Java sends as the example of a request body. */
function sampleOf(example: Json, signature: Json = { takes: 'com.example.types.NewThing' }) {
  const paths = {
    '/boxes/{box_id}/things': {
      post: {
        operationId: 'things.add',
        parameters: [{ name: 'box_id', in: 'path', required: true, schema: { type: 'string' }, example: 'a|b' }],
        requestBody: { required: true, content: { 'application/json': { example } } },
        responses: {},
      },
    },
  };
  const sdk = {
    package: 'com.example:sdk 1.0.0',
    import: 'import com.example.Management;',
    client: 'Management.open(YOUR_DOMAIN)',
    methods: { 'things.add': 'boxes.things.add' },
    signatures: { 'things.add': signature },
    types: TYPES,
  };
  const contract = contractOf(paths, { 'x-sdks': { 'java-sdk': sdk } });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('the contract has one operation');
  return operationSamples(contract, operation, { languages: ['java-sdk'] }).samples[0];
}

test('builds the request in the order of the builder, by the types of the SDK', () => {
  const body = {
    parts: [{ grams: 5 }, { grams: 7 }],
    until: '2027-01-20T10:11:12.000Z',
    kind: 'very-big',
    name: 'a"b',
  };
  expect(sampleOf(body)?.code).toBe(`import com.example.Kind;
import com.example.Management;
import com.example.Part;
import com.example.Weight;
import com.example.types.NewThing;
import java.time.OffsetDateTime;
import java.util.List;

public class Sample {
    static final String BOX_ID = "BOX_ID";

    public static void main(String[] arguments) {
        var management = Management.open(YOUR_DOMAIN);
        var request = NewThing.builder()
            .name("a\\"b")
            .kind(Kind.VERY_BIG)
            .parts(List.of(
                Part.of(Weight.builder()
                    .grams(5)
                    .build()),
                Part.of(Weight.builder()
                    .grams(7)
                    .build())))
            .until(OffsetDateTime.parse("2027-01-20T10:11:12.000Z"))
            .build();
        var result = management.boxes().things().add(BOX_ID, request);
        System.out.println(result);
    }
}`);
});

test.each([
  ['nothing', '        management.boxes().things().add(BOX_ID, request);\n    }'],
  [
    'pages',
    '        for (var item : management.boxes().things().add(BOX_ID, request)) {\n            System.out.println(item);',
  ],
])('a method that returns %s', (returns, want) => {
  expect(sampleOf({ name: 'x' }, { takes: 'com.example.types.NewThing', returns })?.code).toContain(want);
});

test.each<[string, Json, string]>([
  ['a property', { name: 'x', colour: 'red' }, '{"name":"x","colour":"red"}'],
  ['a constant', { kind: 'small' }, '"small"'],
  ['a number', { name: 5 }, '5'],
  ['a null', { name: null }, 'null'],
])('no sample where the types have no such value: %s', (_, body, value) => {
  const { code, omitted } = sampleOf(body) ?? {};
  expect({ code, omitted }).toEqual({ code: '', omitted: `The SDK has no type for the value ${value}.` });
});
