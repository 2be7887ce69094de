import { useState } from 'preact/hooks';
import { type Exchange, exchanges } from '../client.js';
import { SNIPPETS } from '../snippets.js';
import { useStore } from '../store.js';

/** The requests that the page made, the newest first, and the last change as code. */
export function Exchanges() {
  const made = useStore(exchanges);
  const [chosen, setChosen] = useState<number>();
  const shownOne =
    made.find(({ number }) => number === chosen) ?? made.find(({ method }) => method !== 'GET') ?? made[0];
  return (
    <aside aria-labelledby="exchanges">
      <h2 id="exchanges">Requests of this page</h2>
      {shownOne === undefined ? <p class="dim">None yet.</p> : <Detail exchange={shownOne} />}
      <ol class="exchanges">
        {made.slice(0, 12).map((exchange) => (
          <li key={exchange.number}>
            <button
              type="button"
              class="quiet"
              aria-pressed={exchange === shownOne}
              onClick={() => setChosen(exchange.number)}
            >
              <span class={outcomeOf(exchange)}>{exchange.status ?? '…'}</span> {exchange.operation}
            </button>
          </li>
        ))}
      </ol>
    </aside>
  );
}

function outcomeOf({ status }: Exchange): string {
  if (status === undefined) return 'dim';
  return status < 400 ? 'passed' : 'failed';
}

function Detail({ exchange }: { readonly exchange: Exchange }) {
  const [kind, setKind] = useState('cURL');
  const [status, setStatus] = useState('');
  const text = SNIPPETS[kind]?.(exchange) ?? '';
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text).then(
      () => setStatus('Copied'),
      () => setStatus('The browser did not allow copying.'),
    );
  };
  const { method, url, status: answered, reason, operation } = exchange;
  return (
    <div class="exchange">
      <p>
        <strong>{method}</strong> <code>{pathOf(url)}</code>
        <br />
        <span class={outcomeOf(exchange)}>{answered ?? '…'}</span> <span class="dim">{operation}</span>
        {reason === undefined ? null : <span class="failed"> {reason}</span>}
      </p>
      <div class="tools">
        {Object.keys(SNIPPETS).map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === kind}
            onClick={() => {
              setKind(name);
              setStatus('');
            }}
          >
            {name}
          </button>
        ))}
      </div>
      <div class="command">
        <button type="button" aria-label={`Copy as ${kind}`} onClick={() => void copy()}>
          Copy
        </button>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard */}
        <pre tabIndex={0}>
          <code>{text}</code>
        </pre>
      </div>
      <p class="dim" role="status">
        {status}
      </p>
    </div>
  );
}

function pathOf(url: string): string {
  if (!URL.canParse(url)) return '';
  const { pathname, search } = new URL(url);
  return pathname + search;
}
