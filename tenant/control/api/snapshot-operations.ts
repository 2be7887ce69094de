import type { JsonObject } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import { Refusal } from '../../answer/refusal.js';
import type { KeptState } from '../../data/base-file.js';
import type { ControlledTenant } from '../controlled-tenant.js';
import type { ControlOperation } from './control-operation.js';

interface Snapshot {
  readonly state: KeptState;
  /** Milliseconds since 1970. */
  readonly takenAt: number;
}

type Place = 'memory' | 'file';

/** Snapshots in memory share with the state what has not changed since; those in files are in the tenant's data folder. */
export function snapshotOperations({
  state,
  data,
  clock,
}: ControlledTenant): Readonly<Record<string, ControlOperation>> {
  const inMemory = new Map<string, Snapshot>();
  const remove = async (name: string): Promise<void> => {
    inMemory.delete(name);
    await data?.deleteSnapshot(name);
  };
  return {
    'snapshots-list': async () => {
      const memory = [...inMemory].map(([name, { takenAt }]) => ({ name, in: 'memory' as const, takenAt }));
      const files = ((await data?.snapshots()) ?? []).map((each) => ({ ...each, in: 'file' as const }));
      const all = [...memory, ...files].sort((one, other) => one.takenAt - other.takenAt);
      return { body: { snapshots: all.map(shown) } };
    },
    'snapshots-create': async ({ body }) => {
      const { name: given, in: place = 'memory' }: JsonObject = isObject(body) ? body : {};
      const name = String(given);
      if (place === 'file' && data === undefined)
        return new Refusal({ kind: 'hook', name: 'no-folder' }, {}, 'the state is in memory only');
      // The copy is of now: a request that comes meanwhile is not in it.
      const snapshot = { state: state.copy(), takenAt: clock.now() };
      await remove(name);
      if (place === 'file') await data?.keepSnapshot(name, snapshot.state);
      else inMemory.set(name, snapshot);
      return { body: shown({ name, in: place === 'file' ? 'file' : 'memory', takenAt: snapshot.takenAt }) };
    },
    'snapshots-delete': async ({ path }) => {
      await remove(String(path.name));
      return {};
    },
    'snapshots-restore': async ({ path }) => {
      const name = String(path.name);
      const found = inMemory.get(name)?.state ?? (await data?.snapshot(name));
      if (found === undefined) {
        const names = [...inMemory.keys(), ...((await data?.snapshots()) ?? []).map((each) => each.name)];
        const values = { name, known: names.join(', ') };
        return new Refusal({ kind: 'hook', name: 'snapshot-unknown' }, values, `no snapshot "${name}"`);
      }
      state.take({ ...found, store: state.copyOf(found.store) });
      return {};
    },
  };
}

function shown({ name, in: place, takenAt }: { name: string; in: Place; takenAt: number }): JsonObject {
  return { name, in: place, takenAt: new Date(takenAt).toISOString() };
}
