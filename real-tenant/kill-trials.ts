import { type KillOptions, killRuns } from './kills.js';
import { atMost, exactly, type Measured, shown, type Trial } from './measured.js';

/** Runs of the built command over TLS that are interrupted or killed, and what is swept then. */
export function killTrials(given: Omit<KillOptions, 'kills' | 'signal' | 'journaled'>): readonly Trial[] {
  const trial = (name: string, options: Pick<KillOptions, 'kills' | 'signal' | 'journaled'>): Trial => ({
    name,
    async measure(): Promise<readonly Measured[]> {
      const { killed, removed, failures, differences } = await killRuns({ ...given, ...options });
      return [
        exactly('runs stopped over TLS', String(killed), String(options.kills)),
        shown('resources swept', String(removed)),
        atMost(0, 'failed ends, sweeps', failures),
        atMost(0, 'differences', differences),
      ];
    },
  });
  return [
    trial('Ctrl-C over TLS', { signal: 'SIGINT', kills: 6, journaled: true }),
    trial('kill -9', { signal: 'SIGKILL', kills: 50, journaled: true }),
    trial('kill -9, journal lost', { signal: 'SIGKILL', kills: 10, journaled: false }),
  ];
}
