import { describe, expect, it } from 'vitest';
import { Correspondence } from './correspondence.js';

const learned = (): Correspondence => {
  const correspondence = new Correspondence();
  correspondence.learn('rol_AAAAAAAAAAAAAAAA', 'rol_zzzzzzzzzzzzzzzz');
  correspondence.learn('auth0|0123456789abcdef', 'auth0|fedcba9876543210');
  correspondence.learnPart('0123456789abcdef', 'fedcba9876543210');
  return correspondence;
};

describe('the actual text of a recorded text', () => {
  it.each([
    ['rol_AAAAAAAAAAAAAAAA', 'rol_zzzzzzzzzzzzzzzz'],
    ['client_grant.organization_id:rol_AAAAAAAAAAAAAAAA', 'client_grant.organization_id:rol_zzzzzzzzzzzzzzzz'],
    ['/users/auth0|0123456789abcdef/roles', '/users/auth0|fedcba9876543210/roles'],
    ['xrol_AAAAAAAAAAAAAAAA', 'xrol_AAAAAAAAAAAAAAAA'],
    ['rol_BBBBBBBBBBBBBBBB', 'rol_BBBBBBBBBBBBBBBB'],
    // The part of an id may be a word by chance, so it is never sent in place of one.
    ['0123456789abcdef', '0123456789abcdef'],
  ])('of %s is %s', (given, want) => {
    expect(learned().text(given)).toBe(want);
  });
});

describe('the same', () => {
  it.each([
    [{ a: ['rol_AAAAAAAAAAAAAAAA'] }, { a: ['rol_zzzzzzzzzzzzzzzz'] }, true],
    [{ a: ['rol_AAAAAAAAAAAAAAAA'] }, { a: ['rol_AAAAAAAAAAAAAAAA'] }, false],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [['a', 'b'], ['b', 'a'], false],
    ['0123456789abcdef', 'fedcba9876543210', true],
    ['0123456789abcdef', '0123456789abcdef', true],
    ['0123456789abcdef', '1111111111111111', false],
    [null, undefined as never, false],
  ])('as %j is %j: %s', (recorded, actual, want) => {
    expect(learned().isSame(recorded, actual)).toBe(want);
  });
});
