/**
 * Text as it may appear in a log of GitHub Actions: the runner takes lines that begin with `::`, and `##[` anywhere in a
 * line, for workflow commands, whoever wrote them.
 */
export function githubLog(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1: ').replaceAll('##[', '## [');
}

/** What a command prints: in GitHub Actions without workflow commands in it. */
export function logText(text: string, { GITHUB_ACTIONS }: NodeJS.ProcessEnv = process.env): string {
  return GITHUB_ACTIONS === 'true' ? githubLog(text) : text;
}

/**
 * A workflow command on one line: `::error title=…::text`.
 * @param place - the line of a file to which it belongs, by a path relative to the working directory
 */
export function workflowCommand(
  command: 'error' | 'warning',
  title: string,
  text: string,
  place?: { readonly file: string; readonly line: number },
): string {
  const at = place === undefined ? '' : `file=${escapeProperty(place.file)},line=${place.line},`;
  return `::${command} ${at}title=${escapeProperty(title)}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('##[', '## [');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
