import { useState } from 'preact/hooks';
import type { Tab } from '../../model/model.js';
import { type Item, labelOf, nameOf, namingCall } from '../items.js';
import type { Step } from '../location.js';
import type { Session } from '../session.js';
import { idsOf, linkOf } from '../views.js';
import { BodyForm } from './body-form.js';
import { ChooseItems } from './choose-items.js';
import { Dialog, Problem } from './dialog.js';
import { BinIcon } from './icons.js';
import { ItemTable } from './item-table.js';

interface TabPanelProps {
  readonly session: Session;
  readonly tab: Tab;
  readonly steps: readonly Step[];
}

/** A listing under an item: the roles of a user, with what adds and removes them. */
export function TabPanel({ session, tab, steps }: TabPanelProps) {
  const [open, setOpen] = useState<'add' | 'create'>();
  const [reason, setReason] = useState('');
  const { model } = session;
  const { title, list, add, create, remove } = tab;
  const resource = model.resources[list.resource];
  const keys = Object.fromEntries(steps.map((step) => [step.resource, step.key ?? '']));
  const close = (): void => setOpen(undefined);
  const removeItem = async (item: Item): Promise<void> => {
    if (remove === undefined || resource === undefined) return;
    const sides = Object.entries(keys).map(([side, key]) => [side, [key]]);
    const names = { ...Object.fromEntries(sides), [list.resource]: [nameOf(resource, item)] };
    const answer = await session.api.call(remove.operation, namingCall(model, remove, names));
    setReason(answer.reason);
  };
  return (
    <section aria-label={title}>
      <div class="tools">
        {add && <OpenButton label={add.label} onClick={() => setOpen('add')} />}
        {create && <OpenButton label={create.label} onClick={() => setOpen('create')} />}
      </div>
      <Problem reason={reason} />
      <ItemTable
        session={session}
        list={list}
        title={title}
        ids={idsOf(model, list.operation, steps)}
        empty={`No ${title.toLowerCase()} yet.`}
        link={(item) => linkOf(model, steps, list.resource, item)}
        {...(remove === undefined || resource === undefined
          ? {}
          : {
              actions: (item: Item) => (
                <RemoveButton
                  action={remove.label}
                  label={labelOf(resource, item)}
                  onClick={() => void removeItem(item)}
                />
              ),
            })}
      />
      {open === 'add' && add !== undefined ? (
        <ChooseItems session={session} choice={add} resource={list.resource} sides={keys} onClose={close} />
      ) : null}
      {open === 'create' && create !== undefined ? (
        <Dialog title={create.label} onClose={close}>
          <BodyForm
            session={session}
            form={create}
            ids={idsOf(model, create.operation, steps)}
            submit={create.label}
            onDone={close}
          />
        </Dialog>
      ) : null}
    </section>
  );
}

function OpenButton({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <button type="button" class="primary" onClick={onClick}>
      {label}
    </button>
  );
}

interface RemoveButtonProps {
  readonly action: string;
  /** Of the item. */
  readonly label: string;
  readonly onClick: () => void;
}

function RemoveButton({ action, label, onClick }: RemoveButtonProps) {
  return (
    <button type="button" class="quiet" title={action} aria-label={`Remove ${label}`} onClick={onClick}>
      <BinIcon />
    </button>
  );
}
