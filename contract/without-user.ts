/** A URL as the user wrote it, valid or not, with user and password masked: messages must not show a password. */
export function withoutUser(url: string): string {
  return url.replace(
    /^([a-z][a-z+.-]*:)?(\/\/)?.*@/is,
    (_whole, scheme: string | undefined, slashes: string | undefined) =>
      slashes === undefined ? '***@' : `${scheme ?? ''}//***@`,
  );
}
