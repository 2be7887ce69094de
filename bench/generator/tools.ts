import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../contract/load/package-root.js';
import { binOf, installPeer, type Peer } from '../measure/peer.js';
import type { Command } from '../measure/process.js';
import type { Workplace } from './workplace.js';

/** A generator. */
export interface Tool {
  readonly name: string;
  /** The folder that it writes into. */
  readonly out: string;
  /** Generates from a document, into a folder that is not there before. */
  run(document: string): Command;
}

/** A peer that could not be installed. */
export interface MissingTool {
  readonly name: string;
  readonly reason: unknown;
}

export interface Tools {
  readonly ours: Tool;
  /** The same with the documentation as a site. */
  readonly withSite: Tool;
  /** openapi-typescript, which makes the types alone. */
  readonly types: Tool;
  readonly heyApi: Tool | MissingTool;
  readonly orval: Tool | MissingTool;
}

/** The file in which the types alone are, in the folder of their tool. */
export const TYPES_FILE = 'types.ts';

/** The newest releases that generate on Node 20, with TypeScript at the version that we build with. */
const HEY_API = { name: '@hey-api/openapi-ts', version: '0.95.0', besides: ['typescript@5.9.3'] };
const ORVAL = { name: 'orval', version: '8.28.1', besides: ['typescript@5.9.3'] };

export async function findTools(place: Workplace): Promise<Tools> {
  const types = binOf(join(packageRoot(), 'node_modules', 'openapi-typescript'), 'openapi-typescript');
  return {
    ours: tool(place, 'rolecall generate', (spec, out) => [place.program, 'generate', '--spec', spec, '--out', out]),
    withSite: tool(place, 'rolecall generate --site', (spec, out) => {
      return [place.program, 'generate', '--spec', spec, '--out', join(out, 'generated'), '--site', join(out, 'site')];
    }),
    types: tool(place, 'openapi-typescript', (spec, out) => [types, spec, '--output', join(out, TYPES_FILE)]),
    heyApi: await installed(HEY_API, 'openapi-ts', (program) =>
      tool(place, HEY_API.name, (spec, out) => [program, '--input', spec, '--output', out]),
    ),
    orval: await installed(ORVAL, 'orval', (program) =>
      tool(place, ORVAL.name, (spec, out) => {
        return [program, '--input', spec, '--output', join(out, 'api.ts'), '--client', 'fetch'];
      }),
    ),
  };
}

function installed(peer: Peer, bin: string, toolOf: (program: string) => Tool): Promise<Tool | MissingTool> {
  return installPeer(peer, bin).then(toolOf, (reason: unknown) => ({ name: peer.name, reason }));
}

function tool(place: Workplace, name: string, args: (document: string, out: string) => readonly string[]): Tool {
  const out = place.path('out', name.replaceAll(/\W+/g, '-'));
  return {
    name,
    out,
    run: (document) => ({
      name,
      args: args(document, out),
      cwd: place.folder,
      prepare: () => rmSync(out, { recursive: true, force: true }),
    }),
  };
}
