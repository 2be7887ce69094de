import type { Operation, Problem } from '../../../contract/contract.js';
import type { Check } from '../../check.js';
import { provocations } from '../../target/auth0/provocations.js';
import { buildRequest } from '../../target/request.js';
import { problemsOf } from '../../trial/expected-refusal.js';

export const providerRefusals: Check = {
  id: 'provider-refusals',
  family: 'status-and-shape',
  title: 'Provider-specific refusals are as documented',
  description:
    'Provokes each refusal whose cause only the provider defines, such as a token request with the wrong secret. Each must ' +
    'get the documented response.',
  appliesTo: 'operations with a documented refusal that only the provider defines',
  applies: (operation) => provoked(operation).length > 0,
  requests: (operation, _contract, depth) => (depth === 'smoke' ? 0 : provoked(operation).length),
  async run(operation, context) {
    const values = await context.fixtures.valid(operation);
    for (const { hook, problem } of provoked(operation)) {
      const provoking = await provocations[hook]?.(values, context);
      if (provoking === undefined) {
        context.missed(`the refusal ${problem.name}`, 'Its cause could not be prepared.', problem.pointer);
        continue;
      }
      const exchange = await context.send(buildRequest(operation, provoking));
      context.report(...context.judge(exchange, { kind: 'problem', problems: [problem], because: problem.name }));
      context.reached(problem.pointer);
    }
  },
};

interface Provoked {
  readonly hook: string;
  readonly problem: Problem;
}

function provoked(operation: Operation): readonly Provoked[] {
  return problemsOf(operation, ({ kind }) => kind === 'hook').flatMap((problem) =>
    problem.when.kind === 'hook' && problem.when.name in provocations ? [{ hook: problem.when.name, problem }] : [],
  );
}
