import { atMost, duration, type Figure, notMeasured } from '../measure/figures.js';
import { timeByTurns, timeProcess } from '../measure/process.js';
import type { Tool, Tools } from './tools.js';

/** Everything for a document, into an empty folder, beside the types alone. */
export async function measureDocument(title: string, document: string, tools: Tools): Promise<readonly Figure[]> {
  const times = await timesOf(document, [tools.ours, tools.withSite, tools.types]);
  return figuresOf(title, tools, times, 1.5);
}

interface Bounds {
  /** How much of the time of the types alone everything may take. */
  readonly ofTypes: number;
  /** Whether to be slower than hey-api is a fault. */
  readonly heyApi: boolean;
}

/** The same beside all peers. */
export async function measureBesidePeers(
  title: string,
  document: string,
  tools: Tools,
  { ofTypes, heyApi }: Bounds,
): Promise<readonly Figure[]> {
  const peers = [tools.heyApi, tools.orval];
  const times = await timesOf(document, [
    tools.ours,
    tools.withSite,
    tools.types,
    ...peers.filter((peer) => 'run' in peer),
  ]);
  const beside = peers.map((peer): Figure => {
    const bounded = heyApi && peer === tools.heyApi;
    if (!('run' in peer)) return notMeasured(`  ${peer.name}`, peer.reason, bounded ? '< 1 ×' : undefined);
    const ratio = times(tools.ours) / times(peer);
    const figure = { name: `  ${peer.name}`, measured: duration(times(peer)), ratio: `ours ${ratio.toFixed(2)} ×` };
    return bounded ? { ...figure, bound: '< 1 ×', ok: ratio < 1 } : figure;
  });
  return [...figuresOf(title, tools, times, ofTypes), ...beside];
}

/** A run that finds nothing changed, beside a process that does nothing. Both are short, so there are more of them. */
export async function measureUnchanged(document: string, { ours }: Tools): Promise<readonly Figure[]> {
  const { name, args, cwd = '.' } = ours.run(document);
  const again = { name, args, cwd };
  const idle = { name: 'node -e 0', args: ['-e', '0'], cwd };
  await timeProcess(again);
  const times = await timeByTurns([again, idle], 15);
  const own = times.get(again.name) ?? Number.NaN;
  const least = times.get(idle.name) ?? Number.NaN;
  return [
    {
      name: `nothing changed: ${name}`,
      measured: duration(own),
      ratio: `${(own / least).toFixed(2)} × ${idle.name}`,
      ...atMost(own / least, 3, ' ×'),
    },
    { name: `  ${idle.name}`, measured: duration(least) },
  ];
}

type Times = (tool: Tool) => number;

async function timesOf(document: string, tools: readonly Tool[]): Promise<Times> {
  const times = await timeByTurns(tools.map((tool) => tool.run(document)));
  return ({ name }) => times.get(name) ?? Number.NaN;
}

function figuresOf(
  title: string,
  { ours, withSite, types }: Tools,
  times: Times,
  mostOfTypes: number,
): readonly Figure[] {
  const besideTypes = (tool: Tool, name: string, most: number): Figure => {
    const ratio = times(tool) / times(types);
    return {
      name,
      measured: duration(times(tool)),
      ratio: `${ratio.toFixed(2)} × ${types.name}`,
      ...atMost(ratio, most, ' ×'),
    };
  };
  return [
    besideTypes(ours, `${title}: ${ours.name}`, mostOfTypes),
    besideTypes(withSite, `  ${withSite.name}`, 2.5),
    { name: `  ${types.name}, types alone`, measured: duration(times(types)) },
  ];
}
