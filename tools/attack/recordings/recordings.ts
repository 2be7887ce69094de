import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Attack, type AttackContext, type AttackResult, spread, tryAll } from '../attack.js';
import { obeyedOf } from '../leaks.js';
import { badEnd, runNode } from '../process.js';
import { HOSTILE_RECORDINGS } from './hostile-recordings.js';

const TIMEOUT_MS = 60_000;

export const hostileRecordings: Attack = {
  name: 'recordings',
  expects: 'replay: exit code 0, 1 or 2, no control character or command in the output',
  size: HOSTILE_RECORDINGS.length,
  async run({ size, folder, rolecall }: AttackContext): Promise<AttackResult> {
    return tryAll(spread(HOSTILE_RECORDINGS, size), { atOnce: 2 }, async ({ text }, index) => {
      const file = `${index}.json`;
      await writeFile(join(folder, file), text);
      const json = index % 2 === 0;
      const github = index % 4 < 2;
      const args = [rolecall, 'replay', file, ...(json ? ['--json'] : [])];
      const ran = await runNode({
        args,
        cwd: folder,
        env: { GITHUB_ACTIONS: String(github) },
        timeoutMs: TIMEOUT_MS,
      });
      await rm(join(folder, file));
      const obeyed = obeyedOf(`${ran.stdout}\n${ran.stderr}`, { github });
      return [
        ...badEnd(ran, [0, 1, 2]),
        ...(ran.code !== 2 || ran.stderr.includes(file) || /rolecall: /.test(ran.stderr) ? [] : ['expected a reason']),
        ...(json && ran.code !== 2 && !isJson(ran.stdout) ? ['expected one JSON document on stdout'] : []),
        ...(obeyed === undefined
          ? []
          : [`expected output without control characters and commands, received ${obeyed}`]),
      ];
    });
  },
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
