import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { loadContract } from '../../../contract/load/load.js';
import { sampleReport } from '../test-support/sample-report.js';
import { formatAnnotations } from './annotations.js';
import { operationPlaces, uriOf } from './operation-places.js';
import { formatSarif } from './sarif.js';

const folder = mkdtempSync(join(tmpdir(), 'rolecall-places-'));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

write('berth.yaml', "get:\n  operationId: berths.get\n  responses: {'200': {description: OK}}\n");
const spec = write(
  'api.yaml',
  `openapi: 3.1.0
info: {title: Harbor, version: '1'}
paths:
  /berths:
    get:
      operationId: berths.list
      responses: {'200': {description: OK}}
    post:
      operationId: berths.moor
      responses: {'200': {description: OK}}
  /berth: {$ref: berth.yaml}
`,
);
const overlay = write(
  'ours.yaml',
  `overlay: 1.0.0
info: {title: Ours, version: '1'}
actions:
  - target: $.paths
    update:
      /tides:
        get:
          operationId: tides.list
          responses: {'200': {description: OK}}
`,
);

async function placesOf(...ids: readonly string[]) {
  const options = { spec, overlay: [overlay] };
  const { contract } = await loadContract(spec, options);
  return operationPlaces(() => contract, options, new Set(ids));
}

it('finds where operations are written: in the document, in a file that it names, in an overlay', async () => {
  const places = await placesOf('berths.moor', 'berths.get', 'tides.list', 'unknown');
  expect(Object.fromEntries(places)).toEqual({
    'berths.moor': { file: spec, line: 8 },
    'berths.get': { file: join(folder, 'berth.yaml'), line: 1 },
    'tides.list': { file: overlay, line: 7 },
  });
});

it('knows none of the packaged contract, and none where the document cannot be read', async () => {
  const { contract } = await loadContract(spec);
  const ids = new Set(['berths.list']);
  expect(await operationPlaces(() => contract, { spec: join(folder, 'gone.yaml') }, ids)).toEqual(new Map());
  const load = () => loadContract(join(folder, 'gone.yaml')).then((loaded) => loaded.contract);
  expect(await operationPlaces(load, { spec }, ids)).toEqual(new Map());
  const before = process.cwd();
  process.chdir(folder);
  try {
    expect(await operationPlaces(() => contract, {}, ids)).toEqual(new Map());
  } finally {
    process.chdir(before);
  }
});

it('are the locations of SARIF and of annotations', async () => {
  const places = await placesOf('berths.moor');
  const { results } = JSON.parse(formatSarif(sampleReport, 'an api.yaml', places)).runs[0];
  expect(results.map(({ locations }: { locations: readonly object[] }) => locations[0])).toMatchObject([
    { physicalLocation: { artifactLocation: { uri: pathToFileURL(spec).href }, region: { startLine: 8 } } },
    { physicalLocation: { artifactLocation: { uri: 'an%20api.yaml' }, region: { startLine: 1 } } },
  ]);
  expect(formatAnnotations(sampleReport, places)).toMatch(
    /^::error file=[^,]+api\.yaml,line=8,title=status 200 instead of 204::[^\n]+\n::warning title=message of tide-out::/,
  );
});

it.each([
  ['spec/openapi.yaml', 'spec/openapi.yaml'],
  ['a b/ä#1?.yaml', 'a%20b/%C3%A4%231%3F.yaml'],
])('a path as a URI: %s', (file, uri) => expect(uriOf(file)).toBe(uri));
