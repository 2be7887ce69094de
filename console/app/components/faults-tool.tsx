import { useState } from 'preact/hooks';
import type { FaultsListData } from '../../../tenant/control/client/client.js';
import type { ToolProps } from '../tool-props.js';
import { Problem } from './dialog.js';
import { type Controlled, useControl } from './use-control.js';

/** What goes wrong, as the control API takes it. */
const KINDS: Readonly<Record<string, object>> = {
  '429, too many requests': { status: 429 },
  '500, an error': { status: 500 },
  '503, unavailable': { status: 503 },
  'The connection is reset': { reset: true },
  'A delay of 3 seconds': { delay: 3 },
};

/** Answers that go wrong on demand. */
export function FaultsTool({ session, control }: ToolProps) {
  const { value, reason, send, reload } = useControl<FaultsListData>(control, '/faults');
  return (
    <>
      <div class="head">
        <h1>Faults</h1>
        <button type="button" onClick={reload}>
          Refresh
        </button>
      </div>
      <p class="dim">Make the next answers fail, to see what your application does.</p>
      <AddFault session={session} send={send} />
      <Problem reason={reason} />
      {value?.faults.length === 0 ? <p class="dim">No faults. Every answer is as the contract says.</p> : null}
      <ul class="rows">
        {value?.faults.map((fault) => (
          <li key={fault.id}>
            <span>
              <strong>{fault.operation ?? 'any operation'}</strong>: {textOf(fault)}{' '}
              <span class="dim">{fault.left === 1 ? 'once' : `${fault.left} times`}</span>
            </span>
            <button
              type="button"
              aria-label={`Remove the fault of ${fault.operation ?? 'any operation'}`}
              onClick={() => void send('DELETE', `/faults/${encodeURIComponent(fault.id)}`)}
            >
              Remove
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

interface AddFaultProps {
  readonly session: ToolProps['session'];
  readonly send: Controlled<FaultsListData>['send'];
}

function AddFault({ session, send }: AddFaultProps) {
  const [operation, setOperation] = useState('');
  const [kind, setKind] = useState(Object.keys(KINDS)[0] ?? '');
  const [times, setTimes] = useState('1');
  const add = (event: Event): void => {
    event.preventDefault();
    void send('POST', '/faults', { ...KINDS[kind], times: Number(times), ...(operation === '' ? {} : { operation }) });
  };
  return (
    <form class="tools" onSubmit={add}>
      <label>
        Operation
        <select value={operation} onChange={({ currentTarget }) => setOperation(currentTarget.value)}>
          <option value="">any</option>
          {Object.keys(session.model.operations).map((id) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </select>
      </label>
      <label>
        What happens
        <select value={kind} onChange={({ currentTarget }) => setKind(currentTarget.value)}>
          {Object.keys(KINDS).map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </label>
      <label>
        How often
        <input
          type="number"
          min="1"
          max="1000"
          value={times}
          required
          onInput={({ currentTarget }) => setTimes(currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary">
        Add
      </button>
    </form>
  );
}

function textOf({ status, reset, delay }: FaultsListData['faults'][number]): string {
  const parts = [
    ...(reset === true ? ['the connection is reset'] : []),
    ...(status === undefined ? [] : [`status ${status}`]),
    ...(delay === undefined ? [] : [`after ${delay} s`]),
  ];
  return parts.join(', ');
}
