import { expect, test } from 'vitest';
import { isSecretName } from './secret-name.js';

test.each([
  ...['password', 'new_passwords', 'client_secret', 'clientSecret', 'refresh_token', 'apiKey', 'private_key'],
  // Keys of accounts at AWS and its like.
  ...['secret_access_key', 'secretAccessKey', 'secret_key', 'session_token', 'privateKey'],
])('%s holds a secret', (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each(['access_key_id', 'page_token', 'token_count', 'secretary', 'key', 'secret_key_id'])(
  '%s holds none',
  (name) => {
    expect(isSecretName(name)).toBe(false);
  },
);
