import type { Contract } from '../../../contract/contract.js';
import type { ClientMethod } from '../../client/method.js';
import type { ClientPlan } from '../../client/plan.js';
import { curlSample } from './curl.js';
import { fenced, section } from './markdown.js';
import { sampleRequest } from './sample-request.js';
import { typescriptSample } from './typescript.js';

/** The same request with curl and with the generated client. */
export function samplesSection(contract: Contract, plan: ClientPlan, method: ClientMethod): string {
  const request = sampleRequest(contract, method);
  return section(
    'Samples',
    'From a shell:',
    fenced('sh', curlSample(contract, method, request)),
    'With the client:',
    fenced('ts', typescriptSample(contract, plan, method, request)),
  );
}
