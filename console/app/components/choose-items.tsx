import { useEffect, useState } from 'preact/hooks';
import type { Choice } from '../../model/model.js';
import { type Item, insideItems, itemsIn, labelOf, nameOf, namingCall, textOf } from '../items.js';
import type { Session } from '../session.js';
import { Dialog, Problem } from './dialog.js';

interface ChooseItemsProps {
  readonly session: Session;
  readonly choice: Choice;
  /** The resource to choose from. */
  readonly resource: string;
  /** What the path names: resource → key. */
  readonly sides: Readonly<Record<string, string>>;
  readonly onClose: () => void;
}

/** A dialog that adds items to a set: assign roles, add members. */
export function ChooseItems({ session, choice, resource, sides, onClose }: ChooseItemsProps) {
  const { options, reason: unavailable } = useOptions(session, resource);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [filter, setFilter] = useState('');
  const [reason, setReason] = useState('');
  const place = choice.each[resource];
  const many = place?.many !== false;
  const toggle = (text: string, isOn: boolean): void => {
    const others = many ? chosen.filter((each) => each !== text) : [];
    setChosen(isOn ? [...others, text] : others);
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const picked = options?.filter(({ text }) => chosen.includes(text)).map(({ name }) => name) ?? [];
    const named = {
      ...Object.fromEntries(Object.entries(sides).map(([side, key]) => [side, [key]])),
      [resource]: picked,
    };
    const answer = await session.api.call(choice.operation, namingCall(session.model, choice, named));
    if (answer.ok) onClose();
    else setReason(answer.reason);
  };
  const visible = options?.filter(({ label }) => label.toLowerCase().includes(filter.toLowerCase()));
  return (
    <Dialog title={choice.label} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <div class="tools">
          <label>
            Filter
            <input type="search" value={filter} onInput={({ currentTarget }) => setFilter(currentTarget.value)} />
          </label>
        </div>
        <fieldset class="options">
          <legend>
            {many ? 'Choose one or more' : 'Choose one'}
            {place?.most === undefined ? '' : `, at most ${place.most}`}
          </legend>
          {visible?.map((option) => (
            <OptionRow
              key={option.text}
              option={option}
              type={many ? 'checkbox' : 'radio'}
              isChosen={chosen.includes(option.text)}
              onToggle={(isOn) => toggle(option.text, isOn)}
            />
          ))}
          {visible?.length === 0 ? <p class="dim">There is nothing to choose. Create it first.</p> : null}
        </fieldset>
        <Problem reason={unavailable || reason} />
        <button type="submit" class="primary" disabled={chosen.length === 0}>
          {choice.label}
          {chosen.length > 0 ? ` (${chosen.length})` : ''}
        </button>
      </form>
    </Dialog>
  );
}

interface Option {
  readonly name: unknown;
  readonly text: string;
  readonly label: string;
  readonly detail: string;
}

interface OptionRowProps {
  readonly option: Option;
  readonly type: 'checkbox' | 'radio';
  readonly isChosen: boolean;
  readonly onToggle: (isOn: boolean) => void;
}

function OptionRow({ option: { label, detail }, type, isChosen, onToggle }: OptionRowProps) {
  return (
    <label>
      <input
        type={type}
        name="item"
        checked={isChosen}
        onChange={({ currentTarget }) => onToggle(currentTarget.checked)}
      />
      <span>
        {label} <span class="dim">{detail}</span>
      </span>
    </label>
  );
}

/** The most items to choose from that one request returns. */
const MOST = 100;

function useOptions(
  session: Session,
  resource: string,
): { readonly options: readonly Option[] | undefined; readonly reason: string } {
  const [state, setState] = useState<{ options: readonly Option[] | undefined; reason: string }>({
    options: undefined,
    reason: '',
  });
  useEffect(() => {
    void loadOptions(session, resource).then(setState);
  }, [session, resource]);
  return state;
}

async function loadOptions(
  { api, model }: Session,
  resource: string,
): Promise<{ options: readonly Option[]; reason: string }> {
  const described = model.resources[resource];
  const source = described?.inside?.parent ?? resource;
  const list = model.pages.find(({ list: { resource: listed } }) => listed === source)?.list;
  if (described === undefined || list === undefined)
    return { options: [], reason: `The contract has no listing of ${resource} items.` };
  const { size } = list.paging;
  const answer = await api.call(list.operation, size === undefined ? {} : { query: { [size]: MOST } });
  const items = insideItems(described, itemsIn(answer.data, list.items).items);
  return {
    options: items.map((item: Item) => optionOf(nameOf(described, item), labelOf(described, item))),
    reason: answer.reason,
  };
}

function optionOf(name: unknown, label: string): Option {
  const text = textOf(name);
  return { name, text, label, detail: typeof name === 'string' && name !== label ? name : '' };
}
