const HTML_ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * The texts in which a secret may come back, in lower case: as it is, in JSON, in a shell command, in a URL or form, in HTML,
 * in hexadecimal, and in base64 (standard and URL-safe) at any offset of a longer text, so also within `id:secret`.
 */
export function secretForms(secret: string): ReadonlySet<string> {
  const bytes = Buffer.from(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const wellFormed = secret.replace(/[\ud800-\udfff]/gu, '\ufffd');
  const forms = [
    secret,
    json,
    // In the double quotes of a shell.
    secret.replace(/[\\"$`]/g, '\\$&'),
    json.replace(/[\\"$`]/g, '\\$&'),
    encodeURIComponent(wellFormed),
    new URLSearchParams({ '': secret }).toString().slice(1),
    secret.replace(/[&<>"]/g, (character) => HTML_ENTITIES[character] ?? character),
    bytes.toString('hex'),
    // Other writers of JSON: of PHP, of Go, and in code points alone.
    json.replaceAll('/', '\\/'),
    json.replace(/[&<>]/g, codePoint),
    [...secret].map(codePoint).join(''),
    // Other writers of URLs and HTML.
    encodeURIComponent(encodeURIComponent(wellFormed)),
    bytes.toString('hex').replace(/../g, '%$&'),
    [...secret].map((character) => `&#${character.codePointAt(0)};`).join(''),
    [...secret].map((character) => `&#x${character.codePointAt(0)?.toString(16)};`).join(''),
    [...secret].reverse().join(''),
    bytes.toString('hex').replace(/..(?=.)/g, '$&:'),
    ...base64Cores(bytes),
    ...base64Cores(Buffer.from(bytes.toString('base64'))),
    ...base64Cores(Buffer.from(secret, 'utf16le')),
  ];
  return new Set(forms.map((form) => form.toLowerCase()));
}

/** A character in JSON by its code: `\u0026`. */
function codePoint(character: string): string {
  return [...character.split('')].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

/** Base64 of the bytes after 0, 1 and 2 other bytes: only the characters that depend on no neighbour. */
function base64Cores(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64url');
    const core = text.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3));
    return [core, core.replaceAll('-', '+').replaceAll('_', '/')];
  });
}
