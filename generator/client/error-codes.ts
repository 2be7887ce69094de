import type { ErrorCode } from '../../contract/errors.js';
import type * as errors from '../runtime/errors.js';

/** The error classes of every generated client. */
export type ClientErrorClass = Exclude<keyof typeof errors, 'ClientError'>;

/** Every code of a class of errors. */
type CodeOf<Class extends ClientErrorClass> = InstanceType<(typeof errors)[Class]>['code'];

/** What each code of a generated client stands for, by class; the client itself is kept small and carries no such text. */
export const CLIENT_ERROR_CODES: {
  readonly [Class in ClientErrorClass]: Readonly<Record<CodeOf<Class>, ErrorCode>>;
} = {
  ParameterError: {
    PARAMETER_REFUSED: {
      when: 'An argument would change the route (`.`, `..` or an empty id), or `baseUrl` is not valid. Nothing was sent.',
      remedy: 'Correct the argument that the message names.',
    },
  },
  RequestError: {
    REQUEST_FAILED: {
      when: 'No response arrived: the network failed, or the server closed the connection.',
      remedy: 'Check the address and the network; `cause` is the error of `fetch`.',
    },
    REQUEST_TIMED_OUT: {
      when: 'No response arrived in time.',
      remedy: 'Retry, or allow more time; a write may have taken effect.',
    },
  },
  TokenError: {
    TOKEN_REFUSED: {
      when: 'There is no token to send: the token endpoint refused, or the token cannot be sent in a header.',
      remedy: 'Check client id, secret and audience; `status` is that of the token endpoint.',
    },
  },
  UnexpectedResponseError: {
    UNEXPECTED_RESPONSE: {
      when: 'The response is not in the contract: another status, another content type, a missing body, or one over 16 MiB.',
      remedy: 'Handle it as an outage: a proxy or a defect answered. `status` and `excerpt` show what arrived.',
    },
  },
  RedirectError: {
    REDIRECT_REFUSED: {
      when: 'The server redirects, which the contract does not document. No other host received the token or the body.',
      remedy: 'Check `baseUrl` and the proxies in between; `location` is where the redirect leads.',
    },
  },
  ResponseError: {
    RESPONSE_NOT_OK: {
      when: '`unwrap`, or an iterator over pages, received a response that is not a success.',
      remedy: 'Handle `status` and `cause`, or use the result without `unwrap` to narrow it by `errorCode`.',
    },
  },
};
