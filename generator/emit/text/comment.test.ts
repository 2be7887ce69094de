import { expect, test } from 'vitest';
import { comment } from './comment.js';

test('one line if it fits', () => {
  expect(comment(['What it is.'])).toBe('/** What it is. */');
});

test('paragraphs, lists and tags, no line longer than 120 columns', () => {
  const text = comment(
    [
      'Gives a user one or more roles in the whole tenant, besides those that they have; what a role allows shows in tokens.',
      '',
      '- 204: The user has the roles.\n- 400: The token is not a JSON Web Token, the body is not what is asked for, or the user has as many.',
      '@param userId - The id.',
    ],
    2,
  );
  expect(text).toMatchInlineSnapshot(`
    "  /**
       * Gives a user one or more roles in the whole tenant, besides those that they have; what a role allows shows in
       * tokens.
       *
       * - 204: The user has the roles.
       * - 400: The token is not a JSON Web Token, the body is not what is asked for, or the user has as many.
       *
       * @param userId - The id.
       */"
  `);
});

test('text that would end the comment is escaped', () => {
  expect(comment(['a */ b'])).toBe('/** a *\u200b/ b */');
});
