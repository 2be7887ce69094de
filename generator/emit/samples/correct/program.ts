import type { Correction } from './correction.js';

/** Indents lines that are not empty. */
function indented(code: string, spaces: number): string {
  return code.replaceAll(/^(?=.)/gm, ' '.repeat(spaces));
}

/** A fragment of Java as a class with its imports and constants. */
export const javaClass: Correction = (code, { names, encodes }) =>
  [
    'import java.net.URI;',
    ...(encodes ? ['import java.net.URLEncoder;'] : []),
    'import java.net.http.HttpClient;',
    'import java.net.http.HttpRequest;',
    'import java.net.http.HttpResponse;',
    ...(encodes ? ['import java.nio.charset.StandardCharsets;'] : []),
    '',
    'public class Sample {',
    ...names.map((name) => `    static final String ${name} = "${name}";`),
    ...(names.length > 0 ? [''] : []),
    '    public static void main(String[] args) throws Exception {',
    indented(code, 8),
    '    }',
    '}',
  ].join('\n');

/** A fragment of Objective-C as a program, which waits for the answer. */
export const objectiveProgram: Correction = (code, { names }) => {
  const [first = '', ...rest] = code.split('\n');
  const body = rest.join('\n').trim();
  return [
    first,
    '',
    ...names.map((name) => `static NSString *const ${name} = @"${name}";`),
    ...(names.length > 0 ? [''] : []),
    'int main(void) {',
    '    @autoreleasepool {',
    indented(body, 8),
    '    }',
    '    return 0;',
    '}',
  ].join('\n');
};

/** The imports of a Go program in their order, and its constants after them. */
export const goImports: Correction = (code, { names, encodes }) => {
  const imports = /import \(\n([\s\S]*?)\n\)/;
  const own = [...(imports.exec(code)?.[1] ?? '').matchAll(/"([^"]+)"/g)].map(([, name = '']) => name);
  const all = [...new Set([...own, 'log', ...(encodes ? ['net/url'] : [])])].sort();
  const width = Math.max(0, ...names.map((name) => name.length));
  const constants = names.map((name) => `\t${name.padEnd(width)} = "${name}"`);
  const block = names.length > 0 ? `\n\nconst (\n${constants.join('\n')}\n)` : '';
  return code.replace(imports, () => `import (\n${all.map((name) => `\t"${name}"`).join('\n')}\n)${block}`);
};
