import type { Json, Operation } from '../../contract/contract.js';
import { FORM, MULTIPART } from '../../contract/http/media-type.js';
import { valueOfText } from '../../contract/http/text-value.js';
import { isObject } from '../../contract/pointer.js';
import type { RecordedRequest } from '../recorded/recording.js';
import type { ReplayContract } from '../recorded/replay-contract.js';

/** A request whose form has the types of the contract: the texts of a form may stand for numbers. */
export function withFormValues(
  { contract, views }: Pick<ReplayContract, 'contract' | 'views'>,
  { requestBody }: Operation,
  request: RecordedRequest,
): RecordedRequest {
  const { body, contentType } = request;
  const media = requestBody?.content.find(({ type }) => type === contentType);
  const isForm = contentType === FORM || contentType === MULTIPART;
  if (!isForm || media === undefined || !isObject(body)) return request;
  const view = views.of(media.schema);
  const typed = Object.entries(body).map(([name, value]): [string, Json] => {
    const [schema] = view.property(name)?.schemas ?? [];
    const texts = [value].flat().filter((text) => typeof text === 'string');
    return [name, schema === undefined || texts.length === 0 ? value : valueOfText(contract, schema, texts)];
  });
  return { ...request, body: Object.fromEntries(typed) };
}
