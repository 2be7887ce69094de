import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Attack, type AttackContext, type AttackResult, spread, tryAll } from '../attack.js';
import { badEnd, runNode } from '../process.js';
import { MALFORMED, soundContract } from './malformed.js';

const AT_ONCE = 2;
const TIMEOUT_MS = 30_000;

export const hostileContracts: Attack = {
  name: 'contracts',
  expects: 'exit code 2 with a place, nothing written',
  size: MALFORMED.length,
  async run({ size, folder, rolecall }: AttackContext): Promise<AttackResult> {
    const generate = async (at: string, file: string, text: string | Uint8Array) => {
      await mkdir(at, { recursive: true });
      await writeFile(join(at, file), text);
      return runNode({
        args: [rolecall, 'generate', '--spec', file, '--out', 'out'],
        cwd: at,
        timeoutMs: TIMEOUT_MS,
      });
    };
    const sound = await generate(join(folder, 'sound'), 'contract.json', soundContract);
    const result = await tryAll(spread(MALFORMED, size), { atOnce: AT_ONCE }, async ({ file, text }, index) => {
      const at = join(folder, String(index));
      const ran = await generate(at, file, text);
      const problems = [
        ...badEnd(ran, [2]),
        ...(/contract\.(json|yaml):\d+:\d+/.test(ran.stderr)
          ? []
          : [`expected a place, received ${ran.stderr.slice(0, 200)}`]),
        ...(existsSync(join(at, 'out')) ? ['expected that nothing is written, received files'] : []),
      ];
      await rm(at, { recursive: true });
      return problems;
    });
    return {
      tried: result.tried,
      failures: [...badEnd(sound, [0]).map((problem) => `the sound contract: ${problem}`), ...result.failures],
    };
  },
};
