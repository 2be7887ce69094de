import type { Contract, MediaType, Operation } from '../../contract/contract.js';
import { FORM, isJson, isXml, MULTIPART } from '../../contract/http/media-type.js';
import { mergedSchema } from '../../contract/schema/merged-schema.js';
import type { CheckContext } from '../check.js';
import type { Violation } from '../finding/finding.js';
import { fitsRequest } from '../fixtures/fitting-value.js';
import { buildRequest } from '../target/request.js';
import { bodyMedia } from '../target/request-body.js';

/** The media types of a body besides the one that all other requests have, as far as values can be written in them. */
export function otherRequestTypes(operation: Operation): readonly MediaType[] {
  const usual = bodyMedia(operation)?.type;
  return (operation.requestBody?.content ?? []).filter((media) => media.type !== usual && isWritable(media));
}

function isWritable({ type, xml, parts }: MediaType): boolean {
  return (
    isJson(type) || type === FORM || type === MULTIPART || parts !== undefined || (isXml(type) && xml !== undefined)
  );
}

/** The media type with the schema of what it can carry: the fields of a form are an object, whatever else JSON may be. */
function carried(contract: Contract, media: MediaType): MediaType {
  const isForm = media.type === FORM || media.type === MULTIPART;
  if (!isForm || mergedSchema(contract, media.schema).type !== undefined) return media;
  return { ...media, schema: { allOf: [media.schema, { type: 'object' }] } };
}

/**
 * The violations of a valid request whose body is in another media type. The cause names the type.
 * @param usual - the causes of violations in the usual type, which the other one has no part in
 */
export async function tryRequestType(
  offered: MediaType,
  context: CheckContext,
  usual: ReadonlySet<string>,
): Promise<readonly Violation[]> {
  const { contract, operation, fixtures } = context;
  const media = carried(contract, offered);
  const { requestBody } = operation;
  if (requestBody === undefined) return [];
  const values = await fixtures.valid({ ...operation, requestBody: { ...requestBody, content: [media] } });
  if (values.body === undefined || !fitsRequest(contract, media.schema, values.body)) {
    context.observe(`no valid body as ${media.type} was found`);
    return [];
  }
  const exchange = await context.send(buildRequest(operation, { ...values, media }));
  return context
    .judge(exchange, { kind: 'success' })
    .map((violation) =>
      usual.has(violation.cause) ? violation : { ...violation, cause: `a body as ${media.type}: ${violation.cause}` },
    );
}
