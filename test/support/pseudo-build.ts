/** Builds the page that runs with no server in the language of pseudo.ts, into the folder that is named. */
import { join } from 'node:path';
import { build } from 'vite';
import { packageRoot } from '../../src/installed.ts';
import { pseudoLanguage } from './pseudo.ts';

const [, , outDir = ''] = process.argv;
process.env.NODE_ENV = 'production';
await build({
  root: join(packageRoot, 'simulator', 'demo'),
  configFile: join(packageRoot, 'vite.config.ts'),
  mode: 'demo',
  logLevel: 'warn',
  plugins: [pseudoLanguage()],
  worker: { plugins: () => [pseudoLanguage()] },
  build: { outDir, emptyOutDir: true },
});
