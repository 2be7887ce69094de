/** The section of samples: its heading, and for each language a heading of the next level with its code. */
const SECTION = /<h2 id="samples">[\s\S]*?(?=<h2 |$)/;

/** A language with its code: what follows belongs to the section. */
const LANGUAGE = /<h3 id="([^"]*)">(.*?)<\/h3>\s*(<div class="command">[\s\S]*?<\/div>)/g;

/** Wraps the samples of a page, so that its script can show one language at a time. */
export function withSamples(html: string): string {
  return html.replace(SECTION, (section) => {
    const languages = [...section.matchAll(LANGUAGE)];
    const [first] = languages;
    const last = languages.at(-1);
    if (languages.length < 2 || first === undefined || last === undefined) return section;
    const panels = languages.map(
      ([, id = '', label = '', code = '']) =>
        `<section class="sample" aria-labelledby="${id}"><h3 id="${id}">${label}</h3>${code}</section>`,
    );
    const [before, after] = [section.slice(0, first.index), section.slice(last.index + last[0].length)];
    return `${before}<div class="samples">${panels.join('\n')}</div>${after}`;
  });
}
