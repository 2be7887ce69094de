import type { Contract } from '../contract/contract.js';
import type { SigningKey } from '../tenant/tenant.js';
import { atMost, exactly, type Measured, seconds, shown, type Trial, within } from './measured.js';
import { type Simulated, type SimulationOptions, simulate } from './simulated-run.js';

type Given = Omit<SimulationOptions, 'contract' | 'key' | 'seed' | 'withResidents'>;

export interface TrialOptions {
  readonly contract: Contract;
  readonly key: SigningKey;
  readonly seed: number;
}

const PLANS = ['essentials', 'professional', 'enterprise', 'enterprise-non-production'];
/** The moments of Ctrl-C, in requests. */
const STOPS: Readonly<Record<'smoke' | 'standard', readonly number[]>> = {
  smoke: [5, 40, 150, 400, 650],
  standard: [900, 2500, 6000, 11_000, 19_000],
};

/** The moments after which a run sends nothing more, in requests. */
const KILLS = [30, 300, 900, 1500, 2500, 4000, 6000, 9000, 13_000, 18_000];
/** How many characters of the journal the disk holds. */
const ROOMS = [500, 2000, 20_000, 100_000, 250_000];

/** What goes wrong in a run at depth standard: its verdict must be the same as without. */
const DISTURBANCES: Readonly<Record<string, Pick<Given, 'disturbances' | 'clockAhead'>>> = {
  '5 % resets': { disturbances: { resets: 0.05 } },
  '5 % stalls': { disturbances: { stalls: 0.05 } },
  '2 % half answers': { disturbances: { halves: 0.02 } },
  'a minute of 429s': { disturbances: { storm: [60_000, 120_000] } },
  'tokens end after 2 min': { disturbances: { tokensLast: 120_000 } },
  'clock 5 min ahead': { clockAhead: 300_000 },
  'clock 5 min behind': { clockAhead: -300_000 },
  'all of it': {
    disturbances: { resets: 0.05, stalls: 0.05, halves: 0.02, storm: [60_000, 120_000], tokensLast: 120_000 },
    clockAhead: 300_000,
  },
};

type Run = (options: Given) => Promise<Simulated>;

/** Runs of verify in simulated time: the plans, each depth, Ctrl-C, and what goes wrong on the way. */
export function simulatedTrials(given: TrialOptions): readonly Trial[] {
  const run: Run = (options) => simulate({ ...given, withResidents: true, ...options });
  // Measured once; disturbed runs are compared with it.
  let standard: Promise<Simulated> | undefined;
  const undisturbed = () => {
    standard ??= run({ plan: 'enterprise', depth: 'standard' });
    return standard;
  };
  return [
    ...free(run),
    ...PLANS.map((plan) => smoke(run, plan)),
    paced(undisturbed),
    ...unpaced(run),
    ...Object.keys(DISTURBANCES).map((name) => disturbed(run, name, undisturbed)),
    ...(['smoke', 'standard'] as const).map((depth) => interrupted(run, depth)),
    tornJournal(run),
    fullDisk(run),
  ];
}

/** The plan with the lowest limits. */
function free(run: Run): readonly Trial[] {
  return [
    {
      name: 'free, smoke',
      async measure() {
        const result = await run({ plan: 'free', depth: 'smoke' });
        return [...basics(result), provoked(result), within('simulated time', [result.elapsed, 150_000], seconds)];
      },
    },
    {
      name: 'free, smoke, beside others',
      async measure() {
        const result = await run({ plan: 'free', depth: 'smoke', withOthers: true });
        const others = shown('requests of two others', String(result.requestsOfOthers));
        const refused = within('429s of ours they saw', [result.refusedToOthers, 0]);
        return [...basics(result), provoked(result), others, refused];
      },
    },
  ];
}

function smoke(run: Run, plan: string): Trial {
  return {
    name: `${plan}, smoke`,
    async measure() {
      const result = await run({ plan, depth: 'smoke' });
      return [...basics(result), provoked(result), shown('simulated time', seconds(result.elapsed))];
    },
  };
}

function paced(undisturbed: () => Promise<Simulated>): Trial {
  return {
    name: 'enterprise, standard',
    async measure() {
      const result = await undisturbed();
      const time = shown('simulated time', seconds(result.elapsed));
      const share = within('of the least time', [result.elapsed / result.leastTime, 1.3], (of) => of.toFixed(2));
      return [...basics(result), provoked(result), time, share];
    },
  };
}

/** Runs whose time does not matter. */
function unpaced(run: Run): readonly Trial[] {
  return [
    {
      name: 'enterprise, exhaustive',
      measure: async () => basics(await run({ plan: 'enterprise', depth: 'exhaustive' })),
    },
    {
      name: 'read only, standard',
      measure: async () => basics(await run({ plan: 'enterprise', depth: 'standard', readOnly: true })),
    },
  ];
}

function disturbed(run: Run, name: string, undisturbed: () => Promise<Simulated>): Trial {
  return {
    name: `${name}, standard`,
    async measure() {
      const result = await run({ plan: 'enterprise', depth: 'standard', ...DISTURBANCES[name] });
      const passed = exactly('checks passed, as without', passedIn(result), passedIn(await undisturbed()));
      return [...basics(result), passed, shown('429s', String(result.refused))];
    },
  };
}

function interrupted(run: Run, depth: 'smoke' | 'standard'): Trial {
  return {
    name: `Ctrl-C, ${depth}`,
    async measure() {
      const results = await inTurn(STOPS[depth], (stopAfter) => run({ plan: 'enterprise', depth, stopAfter }));
      const stopped = shown('stopped after requests', STOPS[depth].join(' '));
      return [stopped, atMost(0, 'findings', results.flatMap(findingsOf)), ...kept(results)];
    },
  };
}

function tornJournal(run: Run): Trial {
  return {
    name: 'torn journal, swept',
    async measure() {
      const results = await inTurn(KILLS, (killAfter) => run({ plan: 'enterprise', depth: 'standard', killAfter }));
      const left = results.flatMap(({ swept }) => swept.left);
      return [
        shown('killed after requests', `${KILLS.length} moments to ${KILLS.at(-1)}`),
        shown('resources swept', String(results.reduce((sum, { swept }) => sum + swept.removed, 0))),
        residents(results),
        atMost(0, 'left behind', left),
      ];
    },
  };
}

function fullDisk(run: Run): Trial {
  return {
    name: 'full disk',
    async measure() {
      const results = await inTurn(ROOMS, (room) => run({ plan: 'enterprise', depth: 'standard', room }));
      const saying = results.filter(({ report }) =>
        report.reasons.some((reason) => reason.includes('no space is left')),
      );
      return [
        shown('room in bytes', ROOMS.join(' ')),
        exactly('runs that say so', String(saying.length), String(ROOMS.length)),
        atMost(0, 'findings', results.flatMap(findingsOf)),
        ...kept(results),
      ];
    },
  };
}

/** One run after the other: each fills the memory of a tenant. */
async function inTurn(moments: readonly number[], run: (moment: number) => Promise<Simulated>): Promise<Simulated[]> {
  const results: Simulated[] = [];
  for (const moment of moments) results.push(await run(moment));
  return results;
}

function basics(result: Simulated): readonly Measured[] {
  const { verdict, reasons = [], summary } = result.report;
  return [
    { ...exactly('verdict', verdict, 'conforms'), details: reasons },
    atMost(0, 'findings', findingsOf(result)),
    shown('requests', summary.requests.toLocaleString('en-US')),
    ...kept([result]),
  ];
}

/** What must hold whatever happens: residents are as before, and nothing of ours is left. */
function kept(results: readonly Simulated[]): readonly Measured[] {
  return [
    residents(results),
    atMost(
      0,
      'left behind',
      results.flatMap(({ report }) => report.leftovers),
    ),
  ];
}

function residents(results: readonly Simulated[]): Measured {
  return atMost(
    0,
    'residents that differ',
    results.flatMap(({ differences }) => differences),
  );
}

function provoked({ refused }: Simulated): Measured {
  return within('429s provoked', [refused, 0]);
}

function findingsOf({ report }: Simulated): readonly string[] {
  return report.findings
    .filter(({ severity }) => severity !== 'observed')
    .map(({ check, cause }) => `${check}: ${cause}`);
}

function passedIn({ report }: Simulated): string {
  return String(report.checks.filter(({ outcome }) => outcome === 'passed').length);
}
