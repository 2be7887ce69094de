import { useState } from 'preact/hooks';
import { connect } from '../session.js';
import { Problem } from './dialog.js';

/** Connects to a tenant by URL and token. */
export function ConnectForm({
  reason,
  url: initial,
  onDone,
}: {
  readonly reason: string;
  readonly url: string;
  readonly onDone: () => void;
}) {
  const [url, setUrl] = useState(initial);
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState(reason);
  const submit = (event: Event): void => {
    event.preventDefault();
    const wrong = connect(url.trim(), token.trim());
    setProblem(wrong ?? '');
    if (wrong === undefined) onDone();
  };
  return (
    <form class="body" onSubmit={submit}>
      <label>
        URL of the tenant
        <input
          type="url"
          value={url}
          required
          autocomplete="off"
          onInput={({ currentTarget }) => setUrl(currentTarget.value)}
        />
      </label>
      <label>
        Access token for its Management API
        <input
          type="password"
          value={token}
          required
          autocomplete="off"
          onInput={({ currentTarget }) => setToken(currentTarget.value)}
        />
      </label>
      <p class="dim">The token stays in this page, and goes to that tenant only.</p>
      <Problem reason={problem} />
      <button type="submit" class="primary">
        Connect
      </button>
    </form>
  );
}
