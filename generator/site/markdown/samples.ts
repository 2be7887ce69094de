/** The section of samples: its heading, and for each language a heading of the next level with its code. */
const SECTION = /<h2 id="samples">[\s\S]*?(?=<h2 |$)/;

/** A language: its heading, and what follows up to the next one. */
const LANGUAGE = /<h3 id="([^"]*)">([\s\S]*?)<\/h3>([\s\S]*?)(?=<h3 |$)/g;

/** Wraps the samples of a page, so that its script can show one language at a time. */
export function withSamples(html: string): string {
  return html.replace(SECTION, (section) => {
    const [heading = ''] = /^<h2[\s\S]*?<\/h2>/.exec(section) ?? [];
    const languages = [...section.slice(heading.length).matchAll(LANGUAGE)];
    if (languages.length < 2) return section;
    const panels = languages.map(
      ([, id = '', label = '', body = '']) =>
        `<section class="sample" aria-labelledby="${id}"><h3 id="${id}">${label}</h3>${body.trim()}</section>`,
    );
    return `${heading}\n<div class="samples">${panels.join('\n')}</div>\n`;
  });
}
