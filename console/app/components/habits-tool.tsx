import { useState } from 'preact/hooks';
import type { HabitsListData, PlanGetData } from '../../../tenant/control/client/client.js';
import type { ControlClient } from '../control.js';
import type { ToolProps } from '../tool-props.js';
import { Problem } from './dialog.js';
import { useControl } from './use-control.js';

type Habit = HabitsListData['habits'][number];

/** Behaviour of the real service that a test may want to meet, and the rate limits. */
export function HabitsTool({ control }: ToolProps) {
  const { value, reason, send } = useControl<HabitsListData>(control, '/habits');
  const [edited, setEdited] = useState<Readonly<Record<string, string>>>({});
  const habits = value?.habits ?? [];
  const textOf = ({ name, value: current = '' }: Habit): string => edited[name] ?? current;
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const values = habits.map((habit) => [habit.name, textOf(habit)]).filter(([, text]) => text !== '');
    if (await send('PUT', '/habits', Object.fromEntries(values))) setEdited({});
  };
  return (
    <>
      <h1>Habits and plan</h1>
      <PlanChoice control={control} />
      <h2>Habits of the service</h2>
      <Problem reason={reason} />
      <form class="body" onSubmit={(event) => void save(event)}>
        {habits.map((habit) => (
          <label key={habit.name}>
            <span>
              <code>{habit.name}</code> {habit.summary}
            </span>
            <input
              value={textOf(habit)}
              placeholder={habit.takes}
              onInput={({ currentTarget }) => setEdited({ ...edited, [habit.name]: currentTarget.value })}
            />
            <span class="dim">{habit.source}</span>
          </label>
        ))}
        <button type="submit" class="primary" disabled={Object.keys(edited).length === 0}>
          Save
        </button>
      </form>
    </>
  );
}

function PlanChoice({ control }: { readonly control: ControlClient }) {
  const { value, reason, send } = useControl<PlanGetData>(control, '/plan');
  return (
    <>
      <div class="tools">
        <label>
          Rate limits of the plan
          <select
            value={value?.plan ?? ''}
            onChange={({ currentTarget }) =>
              void send('PUT', '/plan', { plan: currentTarget.value === '' ? null : currentTarget.value })
            }
          >
            <option value="">none</option>
            {value?.plans.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Problem reason={reason} />
    </>
  );
}
