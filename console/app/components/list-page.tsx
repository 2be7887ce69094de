import { useState } from 'preact/hooks';
import type { Choice, Form, ItemView, ListPage as ListPageModel, ResourceModel } from '../../model/model.js';
import { type Item, labelOf, nameOf, textOf } from '../items.js';
import type { Session } from '../session.js';
import { idsOf, linkOf, viewOf } from '../views.js';
import { BodyForm } from './body-form.js';
import { ChooseItems } from './choose-items.js';
import { ConfirmDelete } from './confirm-delete.js';
import { Dialog } from './dialog.js';
import { ItemTable } from './item-table.js';
import { type MenuEntry, RowMenu } from './row-menu.js';

type Open =
  | { readonly kind: 'create'; readonly form: Form }
  | { readonly kind: 'choose'; readonly choice: Choice; readonly resource: string; readonly key: string }
  | { readonly kind: 'delete'; readonly key: string; readonly label: string };

/** Every item of a resource, with what can be done to each. */
export function ListPage({ session, page }: { readonly session: Session; readonly page: ListPageModel }) {
  const [open, setOpen] = useState<Open>();
  const { model } = session;
  const { title, list, create } = page;
  const resource = model.resources[list.resource];
  const view = viewOf(model, [list.resource]);
  const close = (): void => setOpen(undefined);
  const entries = (item: Item): readonly MenuEntry[] =>
    resource === undefined || view === undefined ? [] : menuOf(view, resource, item, setOpen);
  return (
    <>
      <div class="head">
        <h1>{title}</h1>
        {create === undefined ? null : (
          <button type="button" class="primary" onClick={() => setOpen({ kind: 'create', form: create })}>
            {create.label}
          </button>
        )}
      </div>
      <ItemTable
        session={session}
        list={list}
        title={title}
        empty={`No ${title.toLowerCase()} yet.`}
        link={(item) => linkOf(model, [], list.resource, item)}
        actions={(item) => (
          <RowMenu label={resource === undefined ? '' : labelOf(resource, item)} entries={entries(item)} />
        )}
      />
      {open?.kind === 'create' ? (
        <Dialog title={open.form.label} onClose={close}>
          <BodyForm session={session} form={open.form} submit="Create" onDone={close} />
        </Dialog>
      ) : null}
      {open?.kind === 'choose' ? (
        <ChooseItems
          session={session}
          choice={open.choice}
          resource={open.resource}
          sides={{ [list.resource]: open.key }}
          onClose={close}
        />
      ) : null}
      {open?.kind === 'delete' && view?.remove !== undefined ? (
        <ConfirmDelete
          session={session}
          action={view.remove}
          ids={idsOf(model, view.remove.operation, [{ resource: list.resource, key: open.key }])}
          label={open.label}
          onClose={close}
          onDone={close}
        />
      ) : null}
    </>
  );
}

/** What can be done to an item. */
function menuOf(view: ItemView, resource: ResourceModel, item: Item, open: (what: Open) => void): readonly MenuEntry[] {
  const key = textOf(nameOf(resource, item));
  const label = labelOf(resource, item);
  const { remove } = view;
  const choose = view.tabs.flatMap(({ add, list }) =>
    add === undefined
      ? []
      : [{ label: add.label, onSelect: () => open({ kind: 'choose', choice: add, resource: list.resource, key }) }],
  );
  return remove === undefined
    ? choose
    : [...choose, { label: remove.label, onSelect: () => open({ kind: 'delete', key, label }) }];
}
