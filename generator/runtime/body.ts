/** The longest body that is read: 16 MiB after decompression, whatever Content-Length says. */
const longestBody = 16 * 2 ** 20;

/** The deepest JSON that is accepted: deeper values can overflow the stack of code that walks them. */
const deepestJson = 500;

/** The text of a response; only its start, with `complete: false`, if it is longer than allowed. */
export async function readBody(response: Response): Promise<{ readonly text: string; readonly complete: boolean }> {
  const { body } = response;
  // Some runtimes have no streams.
  if (!body) return { text: await response.text(), complete: true };
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), complete: true };
    length += value.length;
    if (length > longestBody) {
      await reader.cancel();
      return { text, complete: false };
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** @throws SyntaxError, RangeError if the text is not JSON, or is nested too deeply. */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (isDeeper(value, deepestJson)) throw new RangeError();
  return value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || !value) return false;
  return !levels || Object.values(value).some((entry) => isDeeper(entry, levels - 1));
}
