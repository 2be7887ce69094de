import type { Sdk } from '../../../../contract/contract.js';
import type { Language, Omitted } from '../language.js';
import type { SampleSource } from '../sample-source.js';

/** A language of the provider's SDKs, if the contract lists one. */
export function sdkLanguage(
  language: Omit<Language, 'write'>,
  write: (source: SampleSource, sdk: Sdk, method: string) => string | Omitted,
): Language {
  return {
    ...language,
    isOffered: ({ sdks }) => sdks.has(language.key),
    write: (source): string | Omitted => {
      const sdk = source.sdks.get(language.key);
      const method = sdk?.methods.get(source.method.operation.id);
      if (sdk === undefined || method === undefined) return { omitted: 'The SDK has no method for it.' };
      return write(source, sdk, method);
    },
  };
}
