/** The generator's figures beside its peers', whole processes each: `npm run bench`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../../contract/load/package-root.js';
import { printSections, type Section } from '../measure/sections.js';
import { measureOneCall } from './one-call.js';
import { measureBesidePeers, measureDocument, measureUnchanged } from './speed.js';
import { findTools } from './tools.js';
import { measureWatch, measureWatchOf } from './watch.js';
import { Workplace } from './workplace.js';

/** The provider's own document, large and real, where the project's evidence lies beside it. */
const OFFICIAL = join(packageRoot(), '..', 'shared', 'evidence', 'official-openapi.json');

export async function run(): Promise<void> {
  const place = new Workplace();
  try {
    await printSections('The generator: medians of whole processes', await sectionsAt(place));
  } finally {
    place.remove();
  }
}

async function sectionsAt(place: Workplace): Promise<readonly Section[]> {
  const tools = await findTools(place);
  const contract = place.copyContract();
  const bundled = await place.bundleContract();
  const official = existsSync(OFFICIAL);
  if (!official) console.error('The official document is not beside this project, so that nothing is said of it.');
  return [
    { name: 'our contract', measure: () => measureDocument('our contract', contract, tools) },
    {
      name: 'our contract in one file',
      measure: () => measureBesidePeers('our contract in one file', bundled, tools, { ofTypes: 1.5, heyApi: false }),
    },
    ...(official
      ? [
          {
            name: 'the official document',
            measure: () => measureBesidePeers('official document', OFFICIAL, tools, { ofTypes: 0.6, heyApi: true }),
          },
        ]
      : []),
    { name: 'nothing changed', measure: () => measureUnchanged(contract, tools) },
    { name: 'a save', measure: () => measureWatch(place) },
    ...(official
      ? [{ name: 'a save of the official document', measure: () => measureWatchOf(OFFICIAL, place, tools) }]
      : []),
    { name: 'one call', measure: () => measureOneCall(place, contract, tools) },
  ];
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) await run();
