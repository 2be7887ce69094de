const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO/;

/** What to do about an error of a connection to the target, by its code. */
function adviceFor(code: string): string {
  if (UNTRUSTED.test(code)) return '; pass its certificate authority in NODE_EXTRA_CA_CERTS';
  if (code === 'EPROTO') return '; it does not speak TLS, or not a version in common';
  return '';
}

/** The answer of the proxy itself where the target cannot be reached. Its header names who answers. */
export function badGateway(url: string, error: NodeJS.ErrnoException): string {
  const reason = error.message === '' ? (error.code ?? 'failed') : error.message;
  const text = `rolecall proxy: cannot reach ${url}: ${reason}${adviceFor(error.code ?? '')}.\n`;
  const body = Buffer.from(text);
  return [
    'HTTP/1.1 502 Bad Gateway',
    'content-type: text/plain; charset=utf-8',
    `content-length: ${body.length}`,
    'x-rolecall-proxy: target unreachable',
    'connection: close',
    '',
    text,
  ].join('\r\n');
}
