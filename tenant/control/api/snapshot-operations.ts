import type { JsonObject } from '../../../contract/contract.js';
import { isObject } from '../../../contract/pointer.js';
import { Refusal } from '../../answer/refusal.js';
import type { StoreDump } from '../../store/dump.js';
import type { ControlledTenant } from '../controlled-tenant.js';
import type { ControlOperation } from './control-operation.js';

interface Snapshot {
  readonly dump: StoreDump;
  /** Milliseconds since 1970. */
  readonly takenAt: number;
}

/** Snapshots are in memory; each shares with the state what has not changed since. */
export function snapshotOperations({ state, clock }: ControlledTenant): Readonly<Record<string, ControlOperation>> {
  const snapshots = new Map<string, Snapshot>();
  const show = (name: string, { takenAt }: Snapshot): JsonObject => ({
    name,
    takenAt: new Date(takenAt).toISOString(),
  });
  return {
    'snapshots-list': () => ({ body: { snapshots: [...snapshots].map(([name, snapshot]) => show(name, snapshot)) } }),
    'snapshots-create': ({ body }) => {
      const name = isObject(body) ? String(body.name) : '';
      const snapshot = { dump: state.dump(), takenAt: clock.now() };
      snapshots.delete(name);
      snapshots.set(name, snapshot);
      return { body: show(name, snapshot) };
    },
    'snapshots-delete': ({ path }) => {
      snapshots.delete(String(path.name));
      return {};
    },
    'snapshots-restore': ({ path }) => {
      const name = String(path.name);
      const snapshot = snapshots.get(name);
      if (snapshot === undefined) {
        const known = [...snapshots.keys()].join(', ');
        return new Refusal({ kind: 'hook', name: 'snapshot-unknown' }, { name, known }, `no snapshot "${name}"`);
      }
      state.restore(snapshot.dump);
      return {};
    },
  };
}
