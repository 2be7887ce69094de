/** Whether an address of a peer is of this machine: 127.0.0.0/8 or ::1, also as IPv4 in IPv6. */
export function isLoopback(address: string | undefined): boolean {
  const bare = address?.replace(/^::ffff:/i, '');
  return bare === '::1' || (bare?.startsWith('127.') ?? false);
}
