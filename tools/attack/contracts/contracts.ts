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
  expects: 'with --strict exit code 2 with a place, nothing written; without it, at least a warning with a place',
  size: MALFORMED.length,
  async run({ size, folder, rolecall }: AttackContext): Promise<AttackResult> {
    const generate = async (at: string, file: string, text: string | Uint8Array, ...more: readonly string[]) => {
      await mkdir(at, { recursive: true });
      await writeFile(join(at, file), text);
      return runNode({
        args: [rolecall, 'generate', '--spec', file, '--out', 'out', ...more],
        cwd: at,
        timeoutMs: TIMEOUT_MS,
      });
    };
    const sound = await generate(join(folder, 'sound'), 'contract.json', soundContract);
    const result = await tryAll(spread(MALFORMED, size), { atOnce: AT_ONCE }, async ({ file, text }, index) => {
      const at = join(folder, String(index));
      const strict = await generate(at, file, text, '--strict');
      const isWritten = existsSync(join(at, 'out'));
      const lenient = await generate(at, file, text);
      const problems = [
        ...badEnd(strict, [2]),
        ...withoutPlace(strict.stderr),
        ...(isWritten ? ['expected that nothing is written, received files'] : []),
        ...badEnd(lenient, [0, 2]),
        ...withoutPlace(lenient.stderr),
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

function withoutPlace(stderr: string): readonly string[] {
  return /contract\.(json|yaml):\d+:\d+/.test(stderr) ? [] : [`expected a place, received ${stderr.slice(0, 200)}`];
}
