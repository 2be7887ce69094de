const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EEXIST: 'it is a file, not a folder',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EMFILE: 'too many files are open',
};

/** Why a file could not be read or written, in words for a message: `there is no such file`. */
export function fileErrorReason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause instanceof SyntaxError) return `it is not valid JSON: ${cause.message.replaceAll(/\s+/g, ' ')}`;
  return ('code' in cause && REASONS[String(cause.code)]) || cause.message;
}
