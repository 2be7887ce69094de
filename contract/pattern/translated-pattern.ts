/** The classes of POSIX, as JavaScript writes what is in them. */
const POSIX: Readonly<Record<string, string>> = {
  alnum: 'a-zA-Z0-9',
  alpha: 'a-zA-Z',
  blank: ' \\t',
  digit: '0-9',
  lower: 'a-z',
  space: '\\s',
  upper: 'A-Z',
  word: '\\w',
  xdigit: '0-9a-fA-F',
};

/** Words of other languages, and what JavaScript writes for them. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\\A/y, '^'],
  [/\\[zZ]/y, '$'],
  [/\(\?P</y, '(?<'],
  [/\(\?P=(\w+)\)/y, '\\k<$1>'],
  [/\(\?>/y, '(?:'],
  // A quantifier that gives nothing back: what it matches, it matches without, too.
  [/([*+?])\+/y, '$1'],
  [/(\{\d+(?:,\d*)?\})\+/y, '$1'],
];

/** What has letters that are no text: escapes, and names of groups. */
const KEPT = /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|c[A-Za-z]|k<[^>]*>|.)|\(\?<\w+>/sy;
/** Flags at the beginning: `i` for texts in any case, `s` for a dot that is any character. */
const FLAGS = /^(\^?)\(\?([is]+)\)/;

/**
 * A pattern in the syntax of Java, Python, .NET, Go, Rust or Ruby, as JavaScript writes it: `(?i)^[a-f]$` is
 * `^[a-fA-F]$`, and `\A…\z` is `^…$`. Undefined where JavaScript compiles it in Unicode mode, where nothing is of
 * another language, or more than is known here.
 */
export function translatedPattern(source: string): string | undefined {
  if (compiles(source)) return undefined;
  const [whole = '', start = '', flags = ''] = FLAGS.exec(source) ?? [];
  const anyCase = flags.includes('i');
  let written = start;
  for (let at = whole.length; at < source.length; ) {
    const word = WORDS.find(([pattern]) => matchAt(pattern, source, at) !== undefined);
    const kept = matchAt(KEPT, source, at);
    const list = source[at] === '[' ? classAt(source, at) : undefined;
    const text = source[at] ?? '';
    if (word !== undefined) {
      const [pattern, becomes] = word;
      const found = matchAt(pattern, source, at) ?? '';
      written += found.replace(new RegExp(pattern.source), becomes);
      at += found.length;
    } else if (kept !== undefined) {
      written += kept;
      at += kept.length;
    } else if (list !== undefined) {
      written += translatedClass(list, anyCase);
      at += list.length;
    } else {
      written += text === '.' && flags.includes('s') ? '[\\s\\S]' : anyCase && isLetter(text) ? bothCases(text) : text;
      at += 1;
    }
  }
  return written === source || !compiles(written) ? undefined : written;
}

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

/** A character class with its brackets; undefined where it does not end. */
function classAt(source: string, at: number): string | undefined {
  return matchAt(/\[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\]/sy, source, at);
}

function translatedClass(list: string, anyCase: boolean): string {
  const plain = list.replace(/\[:(\w+):\]/g, (text, name: string) => POSIX[name] ?? text);
  if (!anyCase) return plain;
  return plain.replace(
    /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|.)|([A-Za-z])-([A-Za-z])|[A-Za-z]/gs,
    (text) => {
      if (text.startsWith('\\')) return text;
      const other = [...text]
        .map((one) => (one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase()))
        .join('');
      // A range from one case to the other has no other one.
      return text.length === 1 || /^([a-z]-[a-z]|[A-Z]-[A-Z])$/.test(text) ? text + other : text;
    },
  );
}

function isLetter(text: string): boolean {
  return text.toLowerCase() !== text.toUpperCase() && text.toUpperCase().length === 1;
}

function bothCases(letter: string): string {
  return `[${letter.toLowerCase()}${letter.toUpperCase()}]`;
}

function compiles(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}
