/** Before any test: the program is built from what stands there, once, so that tests may start it side by side. */
import { spawnSync } from 'node:child_process';
import { packageRoot } from '../../src/installed.ts';

export default function setup(): void {
  const { status } = spawnSync(process.execPath, ['src/tactus.js', '--build'], {
    cwd: packageRoot,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('the build failed');
}
