import { useState } from 'preact/hooks';
import { hashOf, type Step } from '../location.js';
import { place } from '../place.js';
import { type Session, session as sessionStore } from '../session.js';
import { useStore } from '../store.js';
import { TOOLS } from '../tools.js';
import { viewOf } from '../views.js';
import { ConnectForm } from './connect-form.js';
import { Dialog } from './dialog.js';
import { Exchanges } from './exchanges.js';
import { ItemPage } from './item-page.js';
import { ListPage } from './list-page.js';

export function App() {
  const state = useStore(sessionStore);
  if (state.kind === 'starting') return <p class="pad">Connecting…</p>;
  if (state.kind === 'connected') return <Connected session={state.session} />;
  return (
    <main class="pad narrow">
      <h1>Connect to a tenant</h1>
      <ConnectForm reason={state.reason} url={location.origin} onDone={() => undefined} />
    </main>
  );
}

function Connected({ session }: { readonly session: Session }) {
  const [isConnecting, setConnecting] = useState(false);
  const { steps, tool } = useStore(place);
  const { model, url, control } = session;
  const current = tool === undefined ? (steps[0]?.resource ?? model.pages[0]?.list.resource) : undefined;
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to content
      </button>
      <header>
        <strong>Rolecall</strong> <code>{url}</code>
        <button type="button" onClick={() => setConnecting(true)}>
          Other tenant
        </button>
      </header>
      <div class="layout">
        <nav aria-label="Pages" class="pages">
          <ul>
            {model.pages.map(({ title, list: { resource } }) => (
              <li key={resource}>
                <a
                  href={hashOf([{ resource, key: undefined }])}
                  aria-current={resource === current ? 'page' : undefined}
                >
                  {title}
                </a>
              </li>
            ))}
          </ul>
          {control === undefined ? null : (
            <ul>
              {Object.entries(TOOLS).map(([name, { title }]) => (
                <li key={name}>
                  <a href={`#/-/${name}`} aria-current={name === tool ? 'page' : undefined}>
                    {title}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </nav>
        <main id="main" tabIndex={-1}>
          <Content session={session} />
        </main>
        <Exchanges />
      </div>
      {isConnecting ? (
        <Dialog title="Connect to another tenant" onClose={() => setConnecting(false)}>
          <ConnectForm reason="" url="https://" onDone={() => setConnecting(false)} />
        </Dialog>
      ) : null}
    </>
  );
}

function Content({ session }: { readonly session: Session }) {
  const { steps, tool, tab } = useStore(place);
  const { model, control } = session;
  if (tool !== undefined) {
    const Tool = TOOLS[tool]?.component;
    return Tool === undefined || control === undefined ? <Missing /> : <Tool session={session} control={control} />;
  }
  const path: readonly Step[] =
    steps.length > 0 ? steps : [{ resource: model.pages[0]?.list.resource ?? '', key: undefined }];
  const last = path.at(-1);
  if (last?.key === undefined) {
    const page = model.pages.find(({ list }) => list.resource === last?.resource);
    return page === undefined ? <Missing /> : <ListPage key={page.title} session={session} page={page} />;
  }
  const view = viewOf(
    model,
    path.map(({ resource }) => resource),
  );
  return view === undefined ? (
    <Missing />
  ) : (
    <ItemPage key={JSON.stringify(path)} session={session} view={view} steps={path} tab={tab} />
  );
}

function Missing() {
  return (
    <>
      <h1>No such page</h1>
      <p>
        <a href="#/">To the start</a>
      </p>
    </>
  );
}
