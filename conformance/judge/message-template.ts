/**
 * Whether a message on the wire is one of a template, in which names in braces stand for anything: `No such role with
 * id: {key}`. White space counts once and a full stop at the end not at all: providers mend such things silently.
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
