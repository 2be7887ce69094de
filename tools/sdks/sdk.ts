import { join } from 'node:path';

/** An SDK at a pinned version: how to install it, and how to start its driver. */
export interface Sdk {
  /** As its registry calls it, with the version. */
  readonly name: string;
  /** What must be installed, as commands that exit with 0. */
  readonly toolchain: readonly (readonly string[])[];
  /** Commands that install the SDK into the folder that they run in. */
  readonly install: readonly (readonly string[])[];
  /** The command that starts the driver. */
  readonly driver: (paths: DriverPaths) => readonly string[];
}

export interface DriverPaths {
  /** Where the SDK is installed. */
  readonly folder: string;
  /** The folder of the drivers in the sources. */
  readonly sources: string;
  /** The folder of the drivers in the build. */
  readonly built: string;
}

export const NPM_INSTALL = ['npm', 'install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts'];

export const SDKS: readonly Sdk[] = [
  npm('auth0', '7.1.0'),
  npm('auth0', '4.37.1'),
  python('auth0-python', '6.8.0'),
  python('auth0-python', '4.13.0'),
  maven('com.auth0:auth0', '3.2.0', 'Three'),
  maven('com.auth0:auth0', '2.27.0', 'Two'),
];

function npm(name: string, version: string): Sdk {
  return {
    name: `npm ${name} ${version}`,
    toolchain: [['npm', '--version']],
    install: [
      ['npm', 'init', '--yes', '--silent'],
      [...NPM_INSTALL, `${name}@${version}`],
    ],
    driver: ({ folder, built }) => [process.execPath, join(built, 'node-sdk.js'), folder],
  };
}

function python(name: string, version: string): Sdk {
  return {
    name: `PyPI ${name} ${version}`,
    toolchain: [['python3', '-c', 'import sys, venv; sys.exit(sys.version_info < (3, 9))']],
    install: [
      ['python3', '-m', 'venv', '.'],
      [join('.', 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check', `${name}==${version}`],
    ],
    driver: ({ folder, sources }) => [join(folder, 'bin', 'python'), join(sources, 'python_sdk.py'), version.charAt(0)],
  };
}

/** @param driver the part of the class name that stands for the version */
function maven(name: string, version: string, driver: string): Sdk {
  const [group, artifact] = name.split(':');
  const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>example</groupId><artifactId>sdk</artifactId><version>1</version><dependencies><dependency>
<groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>
</dependency></dependencies></project>`;
  const writePom = `require('fs').writeFileSync('pom.xml', ${JSON.stringify(pom)})`;
  return {
    name: `Maven ${name} ${version}`,
    toolchain: [
      ['javac', '--version'],
      ['mvn', '--version'],
    ],
    install: [
      [process.execPath, '-e', writePom],
      ['mvn', '--quiet', '--batch-mode', 'dependency:copy-dependencies', '-DoutputDirectory=lib'],
    ],
    driver: ({ folder, sources }) => ['bash', join(sources, 'java-sdk.sh'), folder, driver],
  };
}
