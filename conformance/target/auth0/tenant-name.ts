/** The provider's hosts: `NAME.auth0.com`, `NAME.eu.auth0.com`. */
const PROVIDER_HOST = /^([^.]+)(\.[^.]+)?\.auth0\.com$/;

/** The name of the tenant at a URL: `travel0` of `travel0.eu.auth0.com`; with a domain of its own, the host. */
export function tenantName({ hostname }: URL): string {
  return PROVIDER_HOST.exec(hostname)?.[1] ?? hostname;
}

/** Whether the name of a tenant says that it is in production: `travel0-prod`. */
export function isProductionName(name: string): boolean {
  return /(^|[^a-z])(prod|production|live)([^a-z]|$)/i.test(name);
}
