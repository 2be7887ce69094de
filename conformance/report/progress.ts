import type { RunEvent } from '../engine/event.js';
import { nameOf } from '../engine/plan.js';
import { counted } from './last-line.js';

/** Where progress is written to; `process.stderr` is one. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface Progress {
  take(event: RunEvent): void;
  /** A line that stays. */
  note(text: string): void;
  /** Takes the live line away. */
  end(): void;
}

const LIVE_EVERY_MS = 80;
const PLAIN_EVERY_MS = 5000;

/** One line that lives on a terminal; a plain line every few seconds elsewhere. */
export function showProgress(output: ProgressOutput, now: () => number): Progress {
  const live = output.isTTY === true;
  const startedAt = now();
  let shownAt = live ? 0 : startedAt;
  let total = 0;
  let planned = 0;
  let done = 0;
  let finished = 0;
  let requests = 0;
  const causes = new Set<string>();
  let current = '';

  const line = (): string => {
    const share = total === 0 ? 0 : done / total;
    const elapsed = now() - startedAt;
    const left = share > 0.02 ? ` · ${timeText((elapsed / share) * (1 - share))} left` : '';
    const found = causes.size === 0 ? '' : ` · ${counted(causes.size, 'finding')}`;
    return `${finished}/${planned} ${current} · ${requests} requests${found}${left}`;
  };

  const show = (): void => {
    if (now() - shownAt < (live ? LIVE_EVERY_MS : PLAIN_EVERY_MS)) return;
    shownAt = now();
    const text = line();
    if (live) output.write(`\r\u001b[2K${text.slice(0, (output.columns ?? 80) - 1)}`);
    else output.write(`${text}\n`);
  };

  return {
    take(event) {
      switch (event.kind) {
        case 'planned':
          total = event.plan.checks.reduce((sum, check) => sum + check.requests, 0);
          planned = event.plan.checks.length;
          return;
        case 'started':
          current = nameOf(event.planned);
          return show();
        case 'requested':
          requests += 1;
          if (event.purpose === 'cleanup') current = 'cleaning up';
          return show();
        case 'waiting':
          current = `waiting ${timeText(event.milliseconds)} for the rate limit`;
          return show();
        case 'found':
          causes.add(event.finding.fingerprint);
          return;
        case 'finished':
          finished += 1;
          done += event.result.planned.requests;
          return;
        case 'ended':
          return;
      }
    },
    note(text) {
      output.write(live ? `\r\u001b[2K${text}\n` : `${text}\n`);
    },
    end() {
      if (live) output.write('\r\u001b[2K');
    },
  };
}

function timeText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
