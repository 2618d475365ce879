/** A registry of packages on loopback that knows what `npm ci` has put into this checkout for the program, and nothing else. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { packageRoot } from '../../src/installed.ts';
import { packedFolder } from './tar.ts';

type Locked = Readonly<{ version?: string; dev?: boolean; devOptional?: boolean } & Record<string, unknown>>;

/** What a lock file says of a package that a registry says too. */
const told = [
  'dependencies',
  'optionalDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'engines',
  'os',
  'cpu',
  'bin',
  'hasInstallScript',
] as const;

/** Where each package of the program is that is not for developers alone, and what the lock file says of it. */
const locked = (): readonly (readonly [path: string, one: Locked])[] => {
  const { packages } = JSON.parse(readFileSync(join(packageRoot, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, Locked>>;
  };
  return Object.entries(packages).filter(
    ([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional,
  );
};

const nameIn = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

export type StandInRegistry = Readonly<{
  address: string;
  /** Each package that it can give, with its version. */
  names: readonly string[];
  close(): Promise<void>;
}>;

export async function standInRegistry(): Promise<StandInRegistry> {
  // What is for another system is known by name only.
  const all = locked();
  const here = all.filter(([path]) => existsSync(join(packageRoot, path, 'package.json')));
  const tarballs = here.map(([path]) => packedFolder(join(packageRoot, path)));
  const server = createServer((request, response) => {
    const [, name = '', file] =
      /^\/((?:@[^/]+\/)?[^/]+)(?:\/-\/(\d+))?$/.exec(decodeURIComponent(request.url ?? '')) ?? [];
    if (file !== undefined) {
      response.end(tarballs[Number(file)]);
      return;
    }
    const versions = all
      .filter(([path]) => nameIn(path) === name)
      .map(([path, one]) => {
        const at = here.findIndex(([other]) => other === path);
        const bytes = tarballs[at] ?? Buffer.alloc(0);
        const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
        const said = Object.fromEntries(told.flatMap(key => (key in one ? [[key, one[key]]] : [])));
        const dist = { tarball: `${addressOf()}${name}/-/${at}`, integrity };
        return { name, ...said, version: one.version ?? '', dist };
      });
    if (versions.length === 0) {
      response.statusCode = 404;
      response.end('{}');
      return;
    }
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        name,
        'dist-tags': { latest: versions[0]?.version },
        versions: Object.fromEntries(versions.map(one => [one.version, one])),
      }),
    );
  });
  const addressOf = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    address: addressOf(),
    names: here.map(([path, { version = '' }]) => `${nameIn(path)}@${version}`),
    close: () => {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}
