import { useId, useState } from 'preact/hooks';
import type { Field, Form } from '../../model/model.js';
import type { CallArguments } from '../client.js';
import type { Item } from '../items.js';
import type { Session } from '../session.js';
import { Problem } from './dialog.js';

interface BodyFormProps {
  readonly session: Session;
  readonly form: Form;
  readonly ids?: CallArguments['ids'];
  /** The item to change; undefined to create one. */
  readonly item?: Item;
  readonly submit: string;
  readonly onDone: () => void;
}

/** A form for the body of an operation. An update sends only what was changed. */
export function BodyForm({ session, form, ids, item, submit, onDone }: BodyFormProps) {
  const [edited, setEdited] = useState<Readonly<Record<string, string>>>({});
  const [reason, setReason] = useState('');
  const [status, setStatus] = useState('');
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setStatus('');
    const body = bodyOf(form, edited);
    if (typeof body === 'string') {
      setReason(body);
      return;
    }
    const answer = await session.api.call(form.operation, { ...(ids && { ids }), body });
    setReason(answer.reason);
    if (!answer.ok) return;
    setEdited({});
    setStatus('Saved.');
    onDone();
  };
  const input = (field: Field) => (
    <FieldInput
      key={field.name}
      field={field}
      value={edited[field.name] ?? textOf(field, item?.[field.name])}
      onEdit={(text) => setEdited({ ...edited, [field.name]: text })}
    />
  );
  const [main, more] = [form.fields.filter(({ main }) => main), form.fields.filter(({ main }) => !main)];
  return (
    <form class="body" onSubmit={(event) => void send(event)}>
      {main.map(input)}
      {more.length === 0 ? null : (
        <details>
          <summary>More properties</summary>
          {more.map(input)}
        </details>
      )}
      <Problem reason={reason} />
      <div class="tools">
        <button type="submit" class="primary" disabled={item !== undefined && Object.keys(edited).length === 0}>
          {submit}
        </button>
        <span class="passed" role="status">
          {status}
        </span>
      </div>
    </form>
  );
}

interface FieldInputProps {
  readonly field: Field;
  readonly value: string;
  readonly onEdit: (text: string) => void;
}

function FieldInput({ field, value, onEdit }: FieldInputProps) {
  const id = useId();
  const { name, label, kind, hint } = field;
  if (kind === 'switch') {
    return (
      <label class="switch" title={hint}>
        <input
          type="checkbox"
          name={name}
          checked={value === 'true'}
          onChange={({ currentTarget }) => onEdit(String(currentTarget.checked))}
        />
        {label}
      </label>
    );
  }
  return (
    <label htmlFor={id} title={hint}>
      {label}
      {NOTES[kind] ?? ''}
      <Control id={id} field={field} value={value} onEdit={onEdit} />
    </label>
  );
}

const NOTES: Partial<Readonly<Record<Field['kind'], string>>> = { words: ' (separated by spaces)', json: ' (JSON)' };

function Control({ id, field, value, onEdit }: FieldInputProps & { readonly id: string }) {
  const { name, kind, required, options = [] } = field;
  const edit = ({ currentTarget }: { readonly currentTarget: { readonly value: string } }): void =>
    onEdit(currentTarget.value);
  const shared = { id, name, value, required, autocomplete: 'off' } as const;
  if (kind === 'choice') {
    return (
      <select {...shared} onChange={edit}>
        <option value="" />
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    );
  }
  if (kind === 'json') return <textarea {...shared} rows={2} spellcheck={false} onInput={edit} />;
  if (kind === 'number') return <input {...shared} type="number" onInput={edit} />;
  return /password|secret/.test(name) ? (
    <input {...shared} type="password" onInput={edit} />
  ) : (
    <input {...shared} type="text" onInput={edit} />
  );
}

function textOf({ kind }: Field, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (kind === 'words' && Array.isArray(value)) return value.join(' ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** How the text of a field becomes a value. */
const VALUES: Readonly<Record<Field['kind'], (text: string) => unknown>> = {
  text: (text) => text,
  choice: (text) => text,
  number: Number,
  switch: (text) => text === 'true',
  words: (text) => text.split(/\s+/).filter((word) => word !== ''),
  json: (text) => JSON.parse(text) as unknown,
};

/** What was edited, as a body; or what is wrong. A text that was emptied is not sent. */
function bodyOf({ fields }: Form, edited: Readonly<Record<string, string>>): Item | string {
  const body: Record<string, unknown> = {};
  for (const { name, label, kind } of fields) {
    const text = edited[name];
    if (text === undefined || text === '') continue;
    try {
      body[name] = VALUES[kind](text);
    } catch {
      return `${label} is not JSON: ${text.slice(0, 60)}`;
    }
  }
  return body;
}
