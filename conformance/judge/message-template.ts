/**
 * Whether a message matches a template, in which names in braces stand for any text: `No such role with id: {key}`. Runs
 * of white space count as one space and a final full stop is ignored: providers change such details silently.
 */
export function matchesTemplate(template: string, message: string): boolean {
  return patternOf(template).test(normalise(message));
}

const patterns = new Map<string, RegExp>();

function patternOf(template: string): RegExp {
  const known = patterns.get(template);
  if (known !== undefined) return known;
  const parts = normalise(template)
    .split(/\{[^{}]*\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`^${parts.join('[^]*')}$`);
  patterns.set(template, pattern);
  return pattern;
}

function normalise(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
}
