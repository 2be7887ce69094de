import type { ScopesListData } from '../../../tenant/control/client/client.js';
import type { ToolProps } from '../tool-props.js';
import { Problem } from './dialog.js';
import { useControl } from './use-control.js';

/** Which scopes each client needs. */
export function ScopesTool({ control }: ToolProps) {
  const { value, reason, reload } = useControl<ScopesListData>(control, '/scopes');
  return (
    <>
      <div class="head">
        <h1>Least scopes</h1>
        <button type="button" onClick={reload}>
          Refresh
        </button>
      </div>
      <p class="dim">What each client's requests needed, what its tokens had without need, and what they lacked.</p>
      <Problem reason={reason} />
      {value?.clients.length === 0 ? <p class="dim">No client has sent a request that needs scopes.</p> : null}
      {value?.clients.map(({ client, requests, used, unused, lacked }) => (
        <section key={client} class="panel" aria-label={client}>
          <h2>
            <code>{client}</code> <span class="dim">{requests} requests</span>
          </h2>
          <dl>
            <Row title="Used" words={used} />
            <Row title="Not used" words={unused} />
            <Row
              title="Lacked"
              words={lacked.map(
                ({ operation, scopes }) => `${operation}: ${scopes.map((all) => all.join(' and ')).join(', or ')}`,
              )}
            />
          </dl>
        </section>
      ))}
    </>
  );
}

/** The most words that are shown without being asked for. */
const MOST_SHOWN = 12;

function Row({ title, words }: { readonly title: string; readonly words: readonly string[] }) {
  const list = words.map((word) => (
    <code key={word} class="word">
      {word}
    </code>
  ));
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {words.length === 0 ? <span class="dim">none</span> : null}
        {words.length > MOST_SHOWN ? (
          <details>
            <summary>{words.length} scopes</summary>
            {list}
          </details>
        ) : (
          list
        )}
      </dd>
    </div>
  );
}
