/** Types of the runtime that `client.ts` exports, by module. */
export const runtimeTypes = {
  options: [
    'BasicCredentials',
    'ClientCredentials',
    'Clock',
    'Connection',
    'ConnectionOptions',
    'RequestOptions',
    'RetryOptions',
    'Token',
    'WithBlobs',
    'WithFiles',
  ],
  repeated: ['BatchResult', 'ItemOf'],
  result: ['ByType', 'Coded', 'Failure', 'Result', 'ServerSentEvent', 'Success', 'Unexpected'],
} as const;

/** Errors that `client.ts` and `functions.ts` export. */
export const runtimeErrors = [
  'ClientError',
  'ParameterError',
  'RedirectError',
  'RequestError',
  'ResponseError',
  'TokenError',
  'UnexpectedResponseError',
] as const;
