/** Builds the page in the language of pseudo.ts: `demo`, which runs with no server, or `page`; into the folder named. */
import { join } from 'node:path';
import { build } from 'vite';
import { packageRoot } from '../../src/installed.ts';
import { pseudoLanguage } from './pseudo.ts';

const [, , mode = 'demo', outDir = ''] = process.argv;
process.env.NODE_ENV = 'production';
await build({
  root: join(packageRoot, 'simulator', mode),
  configFile: join(packageRoot, 'vite.config.ts'),
  mode,
  logLevel: 'warn',
  plugins: [pseudoLanguage()],
  worker: { plugins: () => [pseudoLanguage()] },
  build: { outDir, emptyOutDir: true },
});
