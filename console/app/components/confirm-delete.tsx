import { useState } from 'preact/hooks';
import type { Action } from '../../model/model.js';
import type { CallArguments } from '../client.js';
import type { Session } from '../session.js';
import { Dialog, Problem } from './dialog.js';

interface ConfirmDeleteProps {
  readonly session: Session;
  readonly action: Action;
  readonly ids: NonNullable<CallArguments['ids']>;
  /** What is deleted. */
  readonly label: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks before an item is deleted with everything that belongs to it. */
export function ConfirmDelete({ session, action, ids, label, onClose, onDone }: ConfirmDeleteProps) {
  const [reason, setReason] = useState('');
  const confirm = async (): Promise<void> => {
    const answer = await session.api.call(action.operation, { ids });
    if (!answer.ok) {
      setReason(answer.reason);
      return;
    }
    onClose();
    onDone();
  };
  return (
    <Dialog title={`${action.label}?`} onClose={onClose}>
      <p>
        <strong>{label}</strong> and what belongs to it are deleted.
      </p>
      <Problem reason={reason} />
      <button type="button" class="danger" onClick={() => void confirm()}>
        {action.label}
      </button>
    </Dialog>
  );
}
