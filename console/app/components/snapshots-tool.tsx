import { useState } from 'preact/hooks';
import type { SnapshotsListData } from '../../../tenant/control/client/client.js';
import type { ToolProps } from '../tool-props.js';
import { Problem } from './dialog.js';
import { useControl } from './use-control.js';

/** Copies of the state to return to, and the state as a file. */
export function SnapshotsTool({ control }: ToolProps) {
  const { value, reason, send } = useControl<SnapshotsListData>(control, '/snapshots');
  const [name, setName] = useState('');
  const [status, setStatus] = useState('');
  const take = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (await send('POST', '/snapshots', { name })) setName('');
  };
  const restore = async (method: string, path: string, done: string): Promise<void> => {
    setStatus((await send(method, path)) ? done : '');
  };
  return (
    <>
      <div class="head">
        <h1>Snapshots</h1>
        <button type="button" onClick={() => void restore('POST', '/reset', 'The tenant has its initial state.')}>
          Reset to the start
        </button>
      </div>
      <form class="tools" onSubmit={(event) => void take(event)}>
        <label>
          Name
          <input
            value={name}
            required
            pattern="[A-Za-z0-9][A-Za-z0-9_\-]{0,63}"
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
        <button type="submit" class="primary">
          Take a snapshot
        </button>
        <button type="button" onClick={() => void control.send('GET', '/state').then(download)}>
          Download the state
        </button>
      </form>
      <Problem reason={reason} />
      <p class="passed" role="status">
        {status}
      </p>
      {value?.snapshots.length === 0 ? <p class="dim">No snapshots yet.</p> : null}
      <ul class="rows">
        {value?.snapshots.map((snapshot) => (
          <SnapshotRow
            key={snapshot.name}
            snapshot={snapshot}
            onRestore={(path, done) => void restore('POST', path, done)}
            onDelete={(path) => void send('DELETE', path)}
          />
        ))}
      </ul>
    </>
  );
}

interface SnapshotRowProps {
  readonly snapshot: SnapshotsListData['snapshots'][number];
  readonly onRestore: (path: string, done: string) => void;
  readonly onDelete: (path: string) => void;
}

function SnapshotRow({ snapshot, onRestore, onDelete }: SnapshotRowProps) {
  return (
    <li>
      <span>
        <strong>{snapshot.name}</strong> <span class="dim">{snapshot.takenAt.slice(0, 19).replace('T', ' ')}</span>
      </span>
      <span>
        <button
          type="button"
          aria-label={`Return to ${snapshot.name}`}
          onClick={() =>
            onRestore(`/snapshots/${snapshot.name}/restore`, `The tenant has the state of ${snapshot.name}.`)
          }
        >
          Return
        </button>{' '}
        <button
          type="button"
          aria-label={`Delete ${snapshot.name}`}
          onClick={() => onDelete(`/snapshots/${snapshot.name}`)}
        >
          Delete
        </button>
      </span>
    </li>
  );
}

function download(state: unknown): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(state, null, 2)], { type: 'application/json' }));
  link.download = 'tenant.json';
  link.click();
  URL.revokeObjectURL(link.href);
}
