import { Command } from 'commander';
import { allowRefOption, overlayOption, specOption, strictOption } from '../contract/load/document-options.js';
import { parseHost, parsePort } from '../tenant/cli/options.js';
import { parseBodySize } from './body-size.js';
import type { ProxyOptions } from './run-proxy.js';

const GUIDE = `
Point an application at the proxy instead of the target. Each request passes to
the target and each answer back, byte for byte: the proxy changes only the Host
header, so that the target knows its site. Copies are judged in another thread
once they have passed, so judging neither delays nor breaks traffic. The proxy
itself sends nothing to the target.

An exchange is judged if the contract declares its operation and every parameter
and property that it sends. Bodies over --max-body, answers that break off, and
other protocols after an upgrade pass too; the report counts them. If the target
cannot be reached, the proxy answers 502 with a header x-rolecall-proxy.

The report appears at the end: after Ctrl-C, or when COMMAND ends. COMMAND finds
the proxy in ROLECALL_URL and AUTH0_DOMAIN, and the audience of tokens for the
target in ROLECALL_AUDIENCE and AUTH0_AUDIENCE. SDKs need --tls; COMMAND then
trusts the certificate.

Recordings hold no secrets: tokens, passwords and keys are masked. They are
complete after each exchange. rolecall replay and rolecall scopes read them.
Pass your own certificate authority for the target in NODE_EXTRA_CA_CERTS.

Examples:
  rolecall proxy https://travel0.eu.auth0.com --port 4001 --report out
  rolecall proxy https://travel0.eu.auth0.com --tls --record t.json -- npm test

Exit codes:
  0  all judged traffic conforms (warnings allowed)
  1  some violates the contract
  2  nothing was judged, or the proxy could not do its work
  the exit code of COMMAND, if it is not 0`;

/** `rolecall proxy URL [-- COMMAND...]` */
export function command(): Command {
  return new Command('proxy')
    .description(
      'Stands between an application and a server, and judges each exchange against the\ncontract while it passes.',
    )
    .argument('<url>', "the target's root, http or https")
    .argument('[command...]', 'run this command with the proxy, and stop with it;\nwrite it after --')
    .option('--port <n>', 'port to listen on; 0 for a free one', parsePort, 0)
    .option('--host <address>', 'address to listen on', parseHost, '127.0.0.1')
    .option('--tls', 'serve HTTPS with a certificate of a local authority')
    .addOption(specOption())
    .addOption(overlayOption())
    .addOption(allowRefOption())
    .addOption(strictOption())
    .option('--record <file>', 'record exchanges, as rolecall replay reads them')
    .option('--har <file>', 'record exchanges as HAR')
    .option('--report <dir>', 'write report.html, report.json, junit.xml, summary.md')
    .option('--sarif <file>', 'write the findings as SARIF')
    .option('--baseline <file>', 'known findings that do not count until a day (JSON)')
    .option('--max-body <bytes>', 'judge and record bodies up to this size', parseBodySize, 4 * 1024 * 1024)
    .option('--verbose', 'list all that was not checked or skipped')
    .option('--json', 'print report.json on stdout at the end')
    .addHelpText('after', GUIDE)
    .action(async (url: string, words: readonly string[], raw: ProxyOptions) => {
      const { runProxy } = await import('./run-proxy.js');
      process.exitCode = await runProxy(url, words, raw, process);
    });
}
