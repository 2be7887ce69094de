import { useEffect, useState } from 'preact/hooks';
import type { ItemView } from '../../model/model.js';
import { propertyLabel } from '../../model/words.js';
import { changes } from '../client.js';
import { type Item, labelOf, shown } from '../items.js';
import { hashOf, type Step } from '../location.js';
import type { Session } from '../session.js';
import { useStore } from '../store.js';
import { idsOf } from '../views.js';
import { BodyForm } from './body-form.js';
import { ConfirmDelete } from './confirm-delete.js';
import { Problem } from './dialog.js';
import { TabPanel } from './tab-panel.js';

interface ItemPageProps {
  readonly session: Session;
  readonly view: ItemView;
  readonly steps: readonly Step[];
  readonly tab: number;
}

/** An item: its properties, and what is listed under it. */
export function ItemPage({ session, view, steps, tab }: ItemPageProps) {
  const { model } = session;
  const { item, reason } = useItem(session, view, steps);
  const [isDeleting, setDeleting] = useState(false);
  const last = steps.at(-1);
  const resource = model.resources[last?.resource ?? ''];
  const label = item === undefined || resource === undefined ? (last?.key ?? '') : labelOf(resource, item);
  const hasDetails = view.read !== undefined;
  const titles = [...(hasDetails ? ['Details'] : []), ...view.tabs.map(({ title }) => title)];
  const index = Math.min(tab, titles.length - 1);
  const shownTab = view.tabs[index - (hasDetails ? 1 : 0)];
  return (
    <>
      <Trail session={session} steps={steps} />
      <div class="head">
        <h1>{label}</h1>
        {view.remove === undefined ? null : (
          <button type="button" onClick={() => setDeleting(true)}>
            {view.remove.label}
          </button>
        )}
      </div>
      <p class="dim">
        <code>{last?.key}</code>
      </p>
      <nav class="tabs" aria-label="Views">
        {titles.map((title, at) => (
          <a key={title} href={hashOf(steps, at)} aria-current={at === index ? 'page' : undefined}>
            {title}
          </a>
        ))}
      </nav>
      <Problem reason={reason} />
      {shownTab !== undefined ? (
        <TabPanel key={shownTab.title} session={session} tab={shownTab} steps={steps} />
      ) : item === undefined ? null : (
        <Details session={session} view={view} steps={steps} item={item} />
      )}
      {isDeleting && view.remove !== undefined ? (
        <ConfirmDelete
          session={session}
          action={view.remove}
          ids={idsOf(model, view.remove.operation, steps)}
          label={label}
          onClose={() => setDeleting(false)}
          onDone={() => {
            location.hash = parentOf(steps);
          }}
        />
      ) : null}
    </>
  );
}

function parentOf(steps: readonly Step[]): string {
  const above = steps.slice(0, -1);
  return above.length > 0 ? hashOf(above) : hashOf([{ resource: steps[0]?.resource ?? '', key: undefined }]);
}

function Trail({ session, steps }: Pick<ItemPageProps, 'session' | 'steps'>) {
  const [first] = steps;
  const page = session.model.pages.find(({ list }) => list.resource === first?.resource);
  return (
    <nav class="trail" aria-label="Path">
      {page === undefined || first === undefined ? null : (
        <a href={hashOf([{ resource: first.resource, key: undefined }])}>{page.title}</a>
      )}
      {steps.slice(0, -1).map((step, at) => (
        <a key={step.resource} href={hashOf(steps.slice(0, at + 1))}>
          {step.key}
        </a>
      ))}
    </nav>
  );
}

function Details({ session, view, steps, item }: Omit<ItemPageProps, 'tab'> & { readonly item: Item }) {
  return (
    <div class="columns">
      <section aria-labelledby="properties">
        <h2 id="properties">Properties</h2>
        <dl>
          {Object.entries(item).map(([name, value]) => (
            <div key={name}>
              <dt title={name}>{propertyLabel(name)}</dt>
              <dd>{typeof value === 'object' && value !== null ? <code>{shown(value)}</code> : shown(value)}</dd>
            </div>
          ))}
        </dl>
      </section>
      {view.update === undefined ? null : (
        <section aria-labelledby="settings">
          <h2 id="settings">Settings</h2>
          <BodyForm
            key={steps.map(({ key }) => key).join(' ')}
            session={session}
            form={view.update}
            ids={idsOf(session.model, view.update.operation, steps)}
            item={item}
            submit="Save"
            onDone={() => undefined}
          />
        </section>
      )}
    </div>
  );
}

function useItem(
  session: Session,
  { read }: ItemView,
  steps: readonly Step[],
): { readonly item: Item | undefined; readonly reason: string } {
  const version = useStore(changes);
  const [state, setState] = useState<{ item: Item | undefined; reason: string }>({ item: undefined, reason: '' });
  const place = JSON.stringify([read, steps]);
  // `place` stands for the operation and the steps; `version` asks to read again
  useEffect(() => {
    let isCurrent = true;
    if (read === undefined) {
      setState({ item: undefined, reason: '' });
      return undefined;
    }
    void session.api.call(read, { ids: idsOf(session.model, read, steps) }).then(({ data, reason }) => {
      if (isCurrent) setState({ item: data as Item | undefined, reason });
    });
    return () => {
      isCurrent = false;
    };
  }, [session, place, version]);
  return state;
}
