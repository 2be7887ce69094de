import { useState } from 'preact/hooks';
import type { ClockGetData } from '../../../tenant/control/client/client.js';
import type { ToolProps } from '../tool-props.js';
import { Problem } from './dialog.js';
import { useControl } from './use-control.js';

/** Steps that people want, in seconds. */
const STEPS: Readonly<Record<string, number>> = { '1 minute': 60, '1 hour': 3600, '1 day': 86_400 };

/** The time that the tenant goes by. */
export function ClockTool({ control }: ToolProps) {
  const { value, reason, send } = useControl<ClockGetData>(control, '/clock');
  const [time, setTime] = useState('');
  const set = (event: Event): void => {
    event.preventDefault();
    void send('PATCH', '/clock', { now: new Date(`${time}Z`).toISOString() });
  };
  return (
    <>
      <h1>Clock</h1>
      <p class="dim">Tokens expire and rate limits refill by this clock. Times are in UTC.</p>
      <Problem reason={reason} />
      <p role="status">
        <strong>{value === undefined ? '' : value.now.slice(0, 19).replace('T', ' ')}</strong>{' '}
        <span class="badge">{value?.frozen === true ? 'stands still' : 'runs'}</span>
      </p>
      <div class="tools">
        <button type="button" onClick={() => void send('PATCH', '/clock', { frozen: value?.frozen !== true })}>
          {value?.frozen === true ? 'Let it run' : 'Freeze'}
        </button>
        {Object.entries(STEPS).map(([label, advance]) => (
          <button key={label} type="button" onClick={() => void send('PATCH', '/clock', { advance })}>
            Advance {label}
          </button>
        ))}
        <button type="button" onClick={() => void send('DELETE', '/clock')}>
          Back to the system's time
        </button>
      </div>
      <form class="tools" onSubmit={set}>
        <label>
          Set to
          <input
            type="datetime-local"
            step="1"
            value={time}
            required
            onInput={({ currentTarget }) => setTime(currentTarget.value)}
          />
        </label>
        <button type="submit">Set</button>
      </form>
    </>
  );
}
