import { answeredItem } from '../../../contract/item-envelope.js';
import { isObject } from '../../../contract/pointer.js';
import type { Check } from '../../check.js';
import { namesInPath } from '../../lookup/path-names.js';
import { readOperation, readRequest } from '../../lookup/resource-operations.js';
import { type Exchange, succeeded } from '../../target/exchange.js';
import { buildRequest } from '../../target/request.js';

export const renewedValue: Check = {
  id: 'renewed-value',
  family: 'state',
  title: 'A renewed value is new each time',
  description:
    'Renews a generated value of a resource twice, such as the secret of a client. Each response must show another value, ' +
    'and a read must show the last one or none.',
  appliesTo: 'updates that renew a generated value',
  applies: (operation) => operation.effect?.renew !== undefined,
  requests: (_operation, _contract, depth) => (depth === 'smoke' ? 0 : 4),
  async run(operation, context) {
    const { contract } = context;
    const property = operation.effect?.renew ?? '';
    const values = await context.fixtures.valid(operation);
    const shown = ({ request, response }: Exchange) => {
      const item = answeredItem(request.operation?.effect, response.json);
      return isObject(item) ? item[property] : undefined;
    };
    const first = await context.send(buildRequest(operation, values));
    const second = await context.send(buildRequest(operation, values));
    for (const exchange of [first, second]) context.report(...context.judge(exchange, { kind: 'success' }));
    if (!succeeded(first) || !succeeded(second)) return;
    const [old, renewed] = [shown(first), shown(second)];
    const evidence = contract.evidenceAt(operation.effect?.pointer ?? operation.pointer);
    const report = (cause: string, expected: string, exchange: Exchange): void =>
      context.report({ cause, expected, actual: 'the same value, or none', evidence, exchange, before: [first] });
    if (renewed === undefined || renewed === old) report(`${property} is not renewed`, `another ${property}`, second);
    const reading = readOperation(operation.effect?.target ?? '', contract);
    if (reading === undefined) return;
    const after = await context.send(readRequest(context.contract, reading, namesInPath(operation, values)));
    context.report(...context.judge(after, { kind: 'success' }));
    const read = shown(after);
    if (succeeded(after) && read !== undefined && read !== renewed) {
      report(`${property} is read as before`, `the renewed ${property}`, after);
    }
  },
};
