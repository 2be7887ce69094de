import type { TargetResponse } from './exchange.js';

/** Software that often stands in front of a service, and how its own error pages look. */
const GATEWAYS: readonly { readonly name: string; readonly page: RegExp }[] = [
  { name: 'nginx', page: /<center>(nginx|openresty)/i },
  { name: 'Apache', page: /<address>Apache|-\/\/IETF\/\/DTD HTML 2\.0\/\/EN[\s\S]{0,300}<title>\d{3} / },
  { name: 'HAProxy', page: /<html><body><h1>\d{3} [^<]{1,60}<\/h1>/ },
  { name: 'Varnish', page: /Varnish cache server|<p>XID: \d+/ },
  { name: 'Squid', page: /ERR_[A-Z_]+[\s\S]{0,200}squid|squid\/\d/i },
];

/** How much of a page is searched, in characters. */
const SEARCHED = 4000;

/** The software in front of the service that answered with an error page of its own; absent: the service answered. */
export function gatewayOf({ status, headers, text }: TargetResponse): string | undefined {
  if (status < 400 || !/html/i.test(headers['content-type'] ?? 'html') || !text.includes('<')) return undefined;
  return GATEWAYS.find(({ page }) => page.test(text.slice(0, SEARCHED)))?.name;
}

/** A gateway says that it lost the service: it closed the connection, or took too long. */
const LOST: ReadonlySet<number> = new Set([502, 504]);

/** The gateway that got no answer from the service; absent: somebody answered. */
export function gatewayWithoutAnswer(response: TargetResponse): string | undefined {
  return LOST.has(response.status) ? gatewayOf(response) : undefined;
}
