/** npm as it is on this machine, without what its own run, or a person's settings, would have it do. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** npm's own program, so that any Node can run it; undefined where it is nowhere to be found. */
export function npmProgram(): string | undefined {
  const beside = dirname(realpathSync(process.execPath));
  const places = [
    process.env.npm_execpath ?? '',
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'share', 'npm', 'bin', 'npm-cli.js'),
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  return places.find(place => basename(place) === 'npm-cli.js' && existsSync(place));
}

/** This process's environment without npm's settings and without proxies; `folder` is where npm finds none either. */
export const npmEnvironment = (folder: string): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|_proxy$/i.test(name))),
  npm_config_userconfig: join(folder, 'no-npmrc'),
  npm_config_update_notifier: 'false',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
});
