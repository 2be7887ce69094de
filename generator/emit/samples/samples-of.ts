import type { Contract, Operation } from '../../../contract/contract.js';
import { type ClientPlan, planClient } from '../../client/plan.js';
import { titleOf } from '../reference/page-path.js';
import type { Omitted } from './language.js';
import { DEFAULT_LANGUAGES } from './language-keys.js';
import { LANGUAGES } from './languages.js';
import type { Placeholder, Sample, SampleOptions } from './sample.js';
import { sampleSource } from './sample-source.js';

interface WriteOptions extends SampleOptions {
  /** The plan of the client, where samples of many operations are written. */
  readonly plan?: ClientPlan;
}

/** Samples of one operation, and what a reader replaces in them. */
export interface OperationSamples {
  readonly samples: readonly Sample[];
  readonly placeholders: readonly Placeholder[];
}

/**
 * The samples of an operation, in the order of the table of languages: from the examples of the contract, with
 * placeholders for ids, tokens and hosts. A language that cannot send the request has a sample without code, with the
 * reason.
 */
export function samplesOf(contract: Contract, operation: Operation, options: WriteOptions = {}): readonly Sample[] {
  return operationSamples(contract, operation, options).samples;
}

export function operationSamples(
  contract: Contract,
  operation: Operation,
  { languages = DEFAULT_LANGUAGES, plan = planOf(contract) }: WriteOptions = {},
): OperationSamples {
  const method = plan.methods.find((one) => one.operation.id === operation.id);
  if (method === undefined) return { samples: [], placeholders: [] };
  // The operation as given: a task may have another example of the body.
  const source = sampleSource(contract, { ...method, operation });
  const samples = LANGUAGES.filter(
    ({ key, isOffered }) =>
      (languages === 'all' || languages.includes(key)) && (isOffered === undefined || isOffered(contract)),
  ).map((language) => ({
    language: language.key,
    label: language.label,
    title: titleOf(operation),
    syntax: language.syntax,
    ...written(language.write(source, plan)),
  }));
  return { samples, placeholders: source.placeholders };
}

const plans = new WeakMap<Contract, ClientPlan>();

/** The plan of a client in the default folder; computed once per contract. */
function planOf(contract: Contract): ClientPlan {
  const plan = plans.get(contract) ?? planClient(contract);
  plans.set(contract, plan);
  return plan;
}

function written(result: string | Omitted): Pick<Sample, 'code' | 'omitted'> {
  return typeof result === 'string' ? { code: result } : { code: '', omitted: result.omitted };
}
