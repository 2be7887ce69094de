import { describe, expect, test } from 'vitest';
import { command } from './command.js';

/** The options as they are parsed from these words, or the message of what is wrong. */
function parsed(...words: readonly string[]): unknown {
  const tenant = command()
    .exitOverride()
    .action(() => undefined);
  const written: string[] = [];
  tenant.configureOutput({ writeErr: (text) => written.push(text) });
  try {
    tenant.parse(words, { from: 'user' });
    return { ...tenant.opts(), words: tenant.args };
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the options of rolecall tenant', () => {
  test('have defaults', () => {
    expect(parsed()).toEqual({ port: 0, host: '127.0.0.1', control: true, words: [] });
  });

  test('are all read, and the words after -- are a command', () => {
    const given = [
      '--port',
      '80',
      '--host',
      '::1',
      '--tls',
      '--url',
      'https://h',
      '--spec',
      's.yaml',
      '--state',
      'st.json',
    ];
    const more = [
      '--plan',
      'free',
      '--seed',
      '-3',
      '--quiet',
      '--json',
      '--env',
      '--no-control',
      '--control-host',
      'tenant',
      '--control-host',
      'other',
      '--open-control',
      '--allow-ref',
      'a',
      '--',
      'node',
      '--port',
      '1',
    ];
    expect(parsed(...given, ...more)).toEqual({
      port: 80,
      host: '::1',
      tls: true,
      url: 'https://h',
      spec: 's.yaml',
      state: 'st.json',
      plan: 'free',
      seed: -3,
      quiet: true,
      json: true,
      env: true,
      control: false,
      controlHost: ['tenant', 'other'],
      openControl: true,
      allowRef: ['a'],
      words: ['node', '--port', '1'],
    });
  });

  test('that are invalid are refused', () => {
    expect(parsed('--port', 'x')).toBe('invalid --port "x"; expected a number from 0 to 65535');
    expect(parsed('--host', '')).toBe('invalid --host ""; expected an address such as 127.0.0.1');
    expect(parsed('--seed', 'x')).toBe('invalid --seed "x"; expected an integer');
    expect(parsed('--other')).toContain("unknown option '--other'");
  });

  test('each have a line of help of at most 80 columns', () => {
    const tenant = command();
    let help = '';
    tenant.configureOutput({
      writeOut: (text) => {
        help += text;
      },
      getOutHelpWidth: () => 80,
    });
    tenant.outputHelp();
    expect(tenant.name()).toBe('tenant');
    for (const { long, description } of tenant.options) {
      expect([long, description]).not.toEqual([long, '']);
      expect(help).toMatch(new RegExp(`^ {2}(-\\w, )?${long}( <[a-z.]+>)? +\\S`, 'm'));
    }
    expect(help).toContain('[command...]');
    expect(help).toMatch(/^Runs a tenant that implements the contract/m);
    expect(help).toContain('\nExit codes:\n');
    expect(help.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
