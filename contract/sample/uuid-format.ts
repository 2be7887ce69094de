import type { Json } from '../contract.js';

/** Names of formats with the version of a UUID, as pydantic and Go programs write them; JSON Schema has `uuid` alone. */
export const VERSIONED_UUIDS: readonly string[] = [1, 2, 3, 4, 5, 6, 7, 8].map((version) => `uuid${version}`);

/** Whether texts of a format are UUIDs. */
export function isUuidFormat(format: Json | undefined): boolean {
  return format === 'uuid' || (typeof format === 'string' && VERSIONED_UUIDS.includes(format));
}

/** A UUID with the version that a format names: servers check it. */
export function uuidOfFormat(format: string, uuid: string): string {
  const version = VERSIONED_UUIDS.includes(format) ? format.slice(-1) : uuid.charAt(14);
  return `${uuid.slice(0, 14)}${version}${uuid.slice(15)}`;
}
