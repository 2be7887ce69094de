import { useState } from 'preact/hooks';
import type { LoggedRequest } from '../control.js';
import { requestLog } from '../request-log.js';
import { useStore } from '../store.js';
import type { ToolProps } from '../tool-props.js';
import { Problem } from './dialog.js';

/** What the tenant was asked and what it answered, with the reason of each refusal, as it comes. */
export function RequestsTool({ control }: ToolProps) {
  const { requests, reason } = useStore(requestLog);
  const [onlyRefused, setOnlyRefused] = useState(false);
  const visible = requests.filter(({ status }) => !onlyRefused || status >= 400 || status === 0);
  return (
    <>
      <div class="head">
        <h1>Requests</h1>
        <button
          type="button"
          onClick={() => {
            void control.send('DELETE', '/requests').then(() => requestLog.set({ requests: [], reason: '' }));
          }}
        >
          Clear
        </button>
      </div>
      <label class="switch">
        <input
          type="checkbox"
          checked={onlyRefused}
          onChange={({ currentTarget }) => setOnlyRefused(currentTarget.checked)}
        />
        Only refused
      </label>
      <Problem reason={reason} />
      {visible.length === 0 ? <p class="dim">No requests yet.</p> : <RequestTable requests={visible} />}
    </>
  );
}

function RequestTable({ requests }: { readonly requests: readonly LoggedRequest[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="scroll" tabIndex={0} aria-label="Requests">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Request</th>
            <th scope="col">Status</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {requests.map(({ number, at, method, path, query, status, operation, reason, fault, client }) => (
            <tr key={number}>
              <td class="dim" title={at}>
                {at.slice(11, 19)}
              </td>
              <th scope="row">
                {method} <code>{query === '' ? path : `${path}?${query}`}</code>
                <div class="dim">
                  {operation ?? 'outside the contract'}
                  {client === undefined ? '' : ` · ${client}`}
                </div>
              </th>
              <td class={status > 0 && status < 400 ? 'passed' : 'failed'}>{status === 0 ? 'reset' : status}</td>
              <td>{reason ?? (fault === undefined ? '' : `fault ${fault}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
