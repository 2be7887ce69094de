import { useEffect, useState } from 'preact/hooks';
import { changes } from '../client.js';
import type { ControlClient } from '../control.js';

export interface Controlled<Value> {
  readonly value: Value | undefined;
  readonly reason: string;
  /** Sends a request that changes something, and reads again. @returns whether it succeeded */
  readonly send: (method: string, path: string, body?: unknown) => Promise<boolean>;
  readonly reload: () => void;
}

/** What a path of the control API returns, with what changes it. */
export function useControl<Value>(control: ControlClient, path: string): Controlled<Value> {
  const [state, setState] = useState<{ value: Value | undefined; reason: string }>({ value: undefined, reason: '' });
  const [count, setCount] = useState(0);
  // `count` asks to read again
  useEffect(() => {
    let isCurrent = true;
    control.send('GET', path).then(
      (value) => isCurrent && setState({ value: value as Value, reason: '' }),
      (error: unknown) => isCurrent && setState({ value: undefined, reason: messageOf(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [control, path, count]);
  const reload = (): void => setCount((before) => before + 1);
  const send = async (method: string, target: string, body?: unknown): Promise<boolean> => {
    try {
      await control.send(method, target, body);
      reload();
      // Tables show what a restored state has.
      changes.set(changes.get() + 1);
      return true;
    } catch (error) {
      setState((before) => ({ ...before, reason: messageOf(error) }));
      return false;
    }
  };
  return { value: state.value, reason: state.reason, send, reload };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
