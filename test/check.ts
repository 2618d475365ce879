/** `npm run check`: lint, types, and what nobody uses, one after another; all of them are told, whichever fails. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Each tool by its package and its command, with what it is given. */
const checks = [
  ['@biomejs/biome', 'biome', 'check', '.'],
  ['typescript', 'tsc'],
  ['knip', 'knip'],
] as const;

/** The file of a package's command, started without a shell, which is another one on each system. */
function fileOf(name: string, command: string): string {
  const folder = join(root, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: Readonly<Record<string, string>>;
  };
  return join(folder, bin[command] ?? '');
}

const failed = checks.filter(([name, command, ...words]) => {
  const { status } = spawnSync(process.execPath, [fileOf(name, command), ...words], {
    cwd: root,
    stdio: 'inherit',
  });
  return status !== 0;
});
for (const [, command] of failed) process.stderr.write(`${command}: see above\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
