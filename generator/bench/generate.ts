/** The generator's figures beside its peers', whole processes each: `npm run bench`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { type Figure, formatFigures } from '../../spec/bench/figures.js';
import { packageRoot } from '../../spec/contract/package-root.js';
import { measureOneCall } from './one-call.js';
import { measureBesidePeers, measureDocument, measureUnchanged } from './speed.js';
import { findTools } from './tools.js';
import { measureWatch } from './watch.js';
import { Workplace } from './workplace.js';

/** The provider's own document, large and real, where the project's evidence lies beside it. */
const OFFICIAL = join(packageRoot(), '..', 'shared', 'evidence', 'official-openapi.json');

export async function run(): Promise<void> {
  const place = new Workplace();
  try {
    process.stdout.write(formatFigures('The generator: medians of whole processes', await figuresAt(place)));
  } finally {
    place.remove();
  }
}

async function figuresAt(place: Workplace): Promise<readonly Figure[]> {
  const tools = await findTools(place);
  const contract = place.copyContract();
  const bundled = await place.bundleContract();
  const figures: Figure[] = [];
  figures.push(...(await measureDocument('our contract', contract, tools)));
  figures.push(...(await measureBesidePeers('our contract in one file', bundled, tools, { heyApi: false })));
  if (existsSync(OFFICIAL)) {
    figures.push(...(await measureBesidePeers('official document', OFFICIAL, tools, { heyApi: true })));
  } else {
    console.error('The official document is not beside this project: what it takes to generate from it is left out.');
  }
  figures.push(...(await measureUnchanged(contract, tools)));
  figures.push(...(await measureWatch(place)));
  figures.push(...(await measureOneCall(place, contract, tools)));
  return figures;
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) await run();
