import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, loadAll } from 'js-yaml';
import { packageRoot } from '../../contract/load/package-root.js';

/** The composite action of this repository, as far as tests read it. */
export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly ActionStep[] };
}

export interface ActionStep {
  readonly name?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}

/** A GitLab component: its inputs, and its jobs. */
export interface Component {
  readonly header: { readonly spec: { readonly inputs: Readonly<Record<string, { readonly default: string }>> } };
  readonly jobs: Readonly<Record<string, ComponentJob>>;
}

export interface ComponentJob {
  readonly variables: Readonly<Record<string, string>>;
  readonly before_script: readonly string[];
  readonly script: readonly string[];
}

export const actionText = (): string => readFileSync(join(packageRoot(), 'action.yml'), 'utf8');
export const componentText = (): string => readFileSync(join(packageRoot(), 'templates', 'verify.yml'), 'utf8');

export function readAction(): Action {
  return load(actionText()) as Action; // its form is tested by its schema
}

/** @param inputs - what an including project passes */
export function readComponent(inputs: Readonly<Record<string, string>> = {}): Component {
  const [header] = loadAll(componentText()) as [Component['header']];
  const [, jobs] = loadAll(
    componentText().replace(/\$\[\[ inputs\.([\w-]+) \]\]/g, (_, name: string) =>
      JSON.stringify(inputs[name] ?? header.spec.inputs[name]?.default ?? null).replace(/^"|"$/g, ''),
    ),
  ) as [unknown, Component['jobs']];
  return { header, jobs };
}
