import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { packageRoot } from '../../contract/load/package-root.js';
import { NPM_INSTALL, SDKS, type Sdk } from '../sdks/sdk.js';
import type { ProgramFile, Runnable, Toolchain } from './toolchain.js';

/** One file for each sample, and a command that runs it. */
function scripts(extension: string, program: readonly string[]): Pick<Toolchain, 'files' | 'command'> {
  const file = ({ index }: Runnable) => `sample-${index}.${extension}`;
  return {
    files: (samples) => samples.map((sample) => ({ path: file(sample), text: sample.code })),
    command: (sample) => [...program, file(sample)],
  };
}

const NODE = scripts('mjs', [process.execPath]);

const OBJECTIVE_C = join(packageRoot(), 'tools', 'samples', 'objective-c');
const OBJECTIVE_C_SESSION = ['session.h', 'session.m', join('objc', 'blocks_runtime.h')];

/** Programs that run for a moment are not worth optimizing. */
const QUICK_JAVA = ['-XX:TieredStopAtLevel=1'];

/** Runs a command with mounts of its own. */
const NAMESPACE = 'unshare --mount $([ "$(id -u)" = 0 ] || echo --map-root-user)';

/** The SDK that `npm run test:sdks` tries, too. */
function installOf(start: string): Pick<Sdk, 'name' | 'install'> {
  const sdk = SDKS.find(({ name }) => name.startsWith(start));
  if (sdk === undefined) throw new Error(`there is no SDK called ${start}`);
  return sdk;
}

/** Each class in a package of its own. */
function javaFiles(samples: readonly Runnable[]): readonly ProgramFile[] {
  return samples.map(({ index, code }) => ({
    path: `s${index}/Sample.java`,
    text: `package s${index};\n\n${code}\n`,
  }));
}

/** Lines that must stay in front of a wrapped sample, and the rest. */
function parted(code: string, head: RegExp): readonly [head: string, body: string] {
  const lines = code.split('\n');
  const end = lines.findLastIndex((line) => head.test(line)) + 1;
  return [lines.slice(0, end).join('\n'), lines.slice(end).join('\n')];
}

/**
 * The toolchains, in the order of the table. What compiles slowly is compiled together: each sample then becomes a part
 * of one program, with its own text unchanged.
 */
export const TOOLCHAINS: readonly Toolchain[] = [
  {
    language: 'curl',
    needs: [
      ['curl', '--version'],
      ['sh', '-c', 'true'],
    ],
    hint: 'apt-get install curl',
    ...scripts('sh', ['sh', '-e']),
  },
  {
    language: 'client',
    needs: [],
    hint: '',
    files: (samples, { client }) =>
      samples.map(({ index, code }) => ({
        path: `sample-${index}.mjs`,
        text: code.replace("'./generated/client.js'", () => JSON.stringify(client)),
      })),
    command: NODE.command,
  },
  { language: 'fetch', needs: [], hint: '', ...NODE },
  {
    language: 'axios',
    needs: [['npm', '--version']],
    hint: 'install npm',
    packages: {
      name: 'npm axios 1.13',
      install: [
        ['npm', 'init', '--yes', '--silent'],
        [...NPM_INSTALL, 'axios@^1.13.0'],
      ],
    },
    files: (samples, { packages }) => [...NODE.files(samples, { packages, client: '' })],
    command: NODE.command,
  },
  {
    language: 'python',
    needs: [['python3', '-c', 'import sys, venv; sys.exit(sys.version_info < (3, 9))']],
    hint: 'apt-get install python3-venv',
    packages: {
      name: 'PyPI requests 2.32',
      install: [
        ['python3', '-m', 'venv', '.'],
        [join('.', 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check', 'requests>=2.32,<3'],
      ],
    },
    ...scripts('py', []),
    command: ({ index }, { packages }) => [join(packages, 'bin', 'python'), `sample-${index}.py`],
  },
  {
    language: 'node-sdk',
    needs: [['npm', '--version']],
    hint: 'install npm',
    packages: installOf('npm auth0 7'),
    ...NODE,
  },
  {
    language: 'python-sdk',
    needs: [['python3', '-c', 'import sys, venv; sys.exit(sys.version_info < (3, 9))']],
    hint: 'apt-get install python3-venv',
    packages: installOf('PyPI auth0-python 6'),
    ...scripts('py', []),
    command: ({ index }, { packages }) => [join(packages, 'bin', 'python'), `sample-${index}.py`],
  },
  {
    language: 'csharp',
    needs: [
      ['mcs', '--version'],
      ['mono', '--version'],
    ],
    hint: 'apt-get install mono-mcs mono-runtime libmono-system-net-http4.0-cil ca-certificates-mono',
    // Mono's compiler has no programs without a class.
    files: (samples) => [
      ...samples.map(({ index, code }) => {
        const [using, body] = parted(code, /^using [\w.]+;$/);
        const main = `public static async System.Threading.Tasks.Task Main() {\n${body}\n}`;
        return { path: `Sample${index}.cs`, text: `${using}\npublic static class Sample${index} {\n${main}\n}\n` };
      }),
      {
        path: 'Program.cs',
        text: `public static class Program {
  public static void Main(string[] arguments) {
    var main = System.Type.GetType("Sample" + arguments[0]).GetMethod("Main");
    ((System.Threading.Tasks.Task)main.Invoke(null, null)).GetAwaiter().GetResult();
  }
}
`,
      },
    ],
    // Mono reads no variable with certificates, only a store in its own format.
    build: () => [
      ['sh', '-c', 'XDG_CONFIG_HOME="$PWD" cert-sync --user --quiet "$SSL_CERT_FILE"'],
      ['sh', '-c', 'mcs -langversion:latest -main:Program -r:System.Net.Http -out:samples.exe *.cs'],
    ],
    command: ({ index }) => ['sh', '-c', `XDG_CONFIG_HOME="$PWD" exec mono samples.exe ${index}`],
  },
  {
    language: 'go',
    needs: [['go', 'version']],
    hint: 'apt-get install golang',
    // Linking a program for each would take most of the time.
    files: (samples) => [
      ...samples.map(({ index, code }) => ({
        path: `s${index}/sample.go`,
        text: code.replace('package main', `package s${index}`).replace('func main()', 'func Main()'),
      })),
      { path: 'go.mod', text: 'module samples\n\ngo 1.21\n' },
      {
        path: 'main.go',
        text: `package main

import (
	"os"
${samples.map(({ index }) => `\t"samples/s${index}"`).join('\n')}
)

func main() {
	map[string]func(){
${samples.map(({ index }) => `\t\t"${index}": s${index}.Main,`).join('\n')}
	}[os.Args[1]]()
}
`,
      },
    ],
    build: () => [['go', 'build', '-o', 'run-sample', '.']],
    command: ({ index }) => ['./run-sample', String(index)],
  },
  {
    language: 'java',
    needs: [['javac', '--version']],
    hint: 'apt-get install default-jdk-headless',
    files: javaFiles,
    build: () => [['sh', '-c', 'javac -d classes s*/Sample.java']],
    command: ({ index }) => ['java', ...QUICK_JAVA, '-cp', 'classes', `s${index}.Sample`],
  },
  {
    language: 'java-sdk',
    needs: [
      ['javac', '--version'],
      ['mvn', '--version'],
    ],
    hint: 'apt-get install default-jdk-headless maven',
    packages: installOf('Maven com.auth0:auth0 3'),
    files: javaFiles,
    build: (_samples, { packages }) => [
      ['sh', '-c', `javac -nowarn -cp '${join(packages, 'lib', '*')}' -d classes s*/Sample.java`],
    ],
    command: ({ index }, { packages }) => [
      'java',
      ...QUICK_JAVA,
      '-cp',
      ['classes', join(packages, 'lib', '*')].join(delimiter),
      `s${index}.Sample`,
    ],
  },
  {
    language: 'objc',
    needs: [
      ['clang', '--version'],
      ['sh', '-c', 'test -e "$(gcc -print-file-name=include)/objc/objc.h" -a -e /usr/include/Block.h'],
      ['gnustep-config', '--objc-flags'],
    ],
    hint: 'apt-get install clang gobjc gnustep-make libgnustep-base-dev libblocksruntime-dev',
    unable: { PATCH: 'GNUstep 1.28 refuses the method PATCH as invalid.' },
    files: (samples) => [
      ...samples.map(({ index, code }) => ({ path: `sample-${index}.m`, text: code })),
      ...OBJECTIVE_C_SESSION.map((path) => ({ path, text: readFileSync(join(OBJECTIVE_C, path), 'utf8') })),
      {
        path: 'main.c',
        text: `#include <stdlib.h>
${samples.map(({ index }) => `int sample_${index}(void);`).join('\n')}
static int (*const samples[])(void) = {${samples.map(({ index }) => `sample_${index}`).join(', ')}};
int main(int count, char **arguments) { return count == 2 ? samples[atoi(arguments[1])]() : 1; }
`,
      },
    ],
    build: (samples) => {
      const compile = `clang $(gnustep-config --objc-flags) -w -O0 -g0 -fblocks -fobjc-runtime=gcc -I. -I"$(gcc -print-file-name=include)"`;
      const numbers = samples.map(({ index }) => index).join(' ');
      return [
        ['sh', '-ec', `${compile} -c session.m; clang -c main.c`],
        [
          'sh',
          '-ec',
          `flags="${compile.replaceAll('"', '')}"; for n in ${numbers}; do eval "$flags" -include session.h -Dmain=sample_$n -c sample-$n.m; done`,
        ],
        ['sh', '-ec', 'gcc -o samples *.o -lgnustep-base -lobjc -lBlocksRuntime -pthread'],
      ];
    },
    command: ({ index }) => ['sh', '-c', `GS_TLS_CA_FILE="$SSL_CERT_FILE" exec ./samples ${index}`],
  },
  {
    language: 'php',
    needs: [['php', '-r', 'exit(extension_loaded("curl") ? 0 : 1);']],
    hint: 'apt-get install php-cli php-curl',
    ...scripts('php', ['sh', '-c', 'exec php -d curl.cainfo="$SSL_CERT_FILE" "$0"']),
  },
  { language: 'ruby', needs: [['ruby', '--version']], hint: 'apt-get install ruby', ...scripts('rb', ['ruby']) },
  {
    language: 'swift',
    needs: [
      ['swiftc', '--version'],
      ['sh', '-c', `${NAMESPACE} true`],
    ],
    hint: 'apt-get install swiftlang, on Debian 13 or newer',
    files: (samples) => [
      ...samples.map(({ index, code }) => {
        const [head, body] = parted(code, /^(import|#if|#endif)/);
        const run = `static func run() async throws {\n${body}\n}`;
        return { path: `sample-${index}.swift`, text: `${head}\nenum Sample${index} {\n${run}\n}\n` };
      }),
      {
        path: 'main.swift',
        text: `switch CommandLine.arguments[1] {
${samples.map(({ index }) => `case "${index}": try await Sample${index}.run()`).join('\n')}
default: break
}
`,
      },
    ],
    build: () => [['sh', '-c', 'swiftc -Onone -o samples *.swift']],
    // It reads no variable with certificates either, only the file of the system: in a namespace of its own, another one.
    command: ({ index }) => {
      const mount = 'mount --bind "$SSL_CERT_FILE" /etc/ssl/certs/ca-certificates.crt';
      return ['sh', '-c', `${NAMESPACE} sh -ec '${mount}; exec ./samples ${index}'`];
    },
  },
  {
    language: 'har',
    needs: [],
    hint: '',
    files: (samples) => [
      ...samples.map(({ index, code }) => ({ path: `sample-${index}.json`, text: code })),
      {
        path: 'send.mjs',
        text: `import { readFileSync } from 'node:fs';
const { method, url, headers, postData } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const response = await fetch(url, { method, headers: headers.map(({ name, value }) => [name, value]), body: postData?.text });
if (!response.ok) throw new Error(\`\${response.status} \${await response.text()}\`);
`,
      },
    ],
    command: ({ index }) => [process.execPath, 'send.mjs', `sample-${index}.json`],
  },
];
