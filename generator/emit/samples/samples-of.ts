import type { Contract, Operation } from '../../../contract/contract.js';
import type { ClientMethod } from '../../client/method.js';
import { type ClientPlan, planClient } from '../../client/plan.js';
import { curlSample } from '../reference/curl.js';
import { titleOf } from '../reference/page-path.js';
import { sampleRequest } from '../reference/sample-request.js';
import { typescriptSample } from '../reference/typescript.js';
import type { Sample, SampleOptions } from './sample.js';

/** The languages of the reference, unless the user chooses others. */
export const DEFAULT_LANGUAGES: readonly string[] = ['curl', 'client'];

interface Writer {
  readonly label: string;
  readonly syntax: string;
  readonly write: (contract: Contract, plan: ClientPlan, method: ClientMethod) => string;
}

const WRITERS: Readonly<Record<string, Writer>> = {
  curl: {
    label: 'cURL',
    syntax: 'sh',
    write: (contract, _, method) => curlSample(contract, method, sampleRequest(contract, method)),
  },
  client: {
    label: 'JavaScript (generated client)',
    syntax: 'ts',
    write: (contract, plan, method) => typescriptSample(contract, plan, method, sampleRequest(contract, method)),
  },
};

/**
 * The samples of an operation, in the order of the languages: from the examples of the contract, with placeholders for
 * ids, tokens and hosts. A language that cannot send the request has a sample without code, with the reason.
 *
 * @param plan - of the client, where samples of many operations are written
 */
export function samplesOf(
  contract: Contract,
  operation: Operation,
  { languages = DEFAULT_LANGUAGES, plan = planClient(contract) }: SampleOptions & { readonly plan?: ClientPlan } = {},
): readonly Sample[] {
  const method = plan.methods.find((one) => one.operation.id === operation.id);
  if (method === undefined) return [];
  return Object.entries(WRITERS)
    .filter(([language]) => languages === 'all' || languages.includes(language))
    .map(([language, { label, syntax, write }]) => ({
      language,
      label,
      title: titleOf(operation),
      syntax,
      code: write(contract, plan, method),
    }));
}
