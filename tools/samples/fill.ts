import type { Placeholder, Sample } from '../../generator/emit/samples/sample.js';

/** Values by the names of placeholders. */
export type Values = Readonly<Record<string, string>>;

/** How a language has the values, if not as constants in quotes. */
const FILL: Readonly<Record<string, (code: string, name: string, value: string) => string>> = {
  // A line that asks for it gets the value percent-encoded.
  curl: (code, name, value) =>
    code.replace(new RegExp(`^${name}='${name}'(.*)$`, 'm'), (_, comment: string) => {
      const text = comment.includes('percent-encoded') ? encodeURIComponent(value) : value;
      return `${name}='${text}'`;
    }),
  // A URL has no slash after its authority that is not a separator, so values in it are encoded.
  har: (code, name, value) =>
    code
      .replace(/^( {2}"url": ")(.*)("),$/m, (_, before: string, url: string, after: string) => {
        const host = url.replace(`://${name}`, () => `://${value}`);
        return `${before}${host.replaceAll(exactly(name), () => encodeURIComponent(value))}${after},`;
      })
      .replaceAll(exactly(name), () => JSON.stringify(value).slice(1, -1)),
};

/** The sample with values for its placeholders, as a reader would type them in. */
export function filled({ language, code }: Sample, placeholders: readonly Placeholder[], values: Values): string {
  const fill = FILL[language] ?? inQuotes;
  return placeholders.reduce((text, { name, example }) => fill(text, name, values[name] ?? example), code);
}

/** `USER_ID = "USER_ID"`: every language keeps the quotes, and no value of a test has one. */
function inQuotes(code: string, name: string, value: string): string {
  return code.replace(new RegExp(`(["'])${name}\\1`), (_, quote: string) => `${quote}${value}${quote}`);
}

function exactly(name: string): RegExp {
  return new RegExp(`\\b${name}\\b`, 'g');
}
