import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { installable } from './simulator/demo/install/build.ts';

/** Native or CommonJS packages stay in node_modules; everything else is bundled, so that a command starts at once. */
const external = ['johnny-five', 'firmata-io', 'serialport', 'ws', '@lydell/node-pty'];

const shim = (name: string): string =>
  fileURLToPath(new URL(`simulator/demo/shims/${name}`, import.meta.url));

/** What Johnny-Five and firmata-io require of Node and a terminal, for the page that runs with no server. */
const shims = [
  { find: /^(node:)?events$/, replacement: shim('events.cjs') },
  { find: /^chalk$/, replacement: shim('chalk.cjs') },
  {
    find: /^(repl|firmata|serialport|browser-serialport|nanotimer|temporal)$/,
    replacement: shim('nothing.cjs'),
  },
];

export default defineConfig(({ mode }) =>
  mode === 'program'
    ? {
        ssr: { noExternal: true, external },
        build: {
          ssr: true,
          target: 'node20',
          minify: false,
          rolldownOptions: {
            input: {
              tactus: 'src/main.ts',
              'board-worker': 'simulator/avr/worker.ts',
              'history-worker': 'src/server/history-worker.ts',
              'disk-worker': 'src/app/disk-worker.ts',
            },
            output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
          },
        },
      }
    : {
        ...(mode === 'demo' && {
          resolve: { alias: shims },
          worker: { format: 'es' as const },
          plugins: [installable()],
        }),
        base: './',
        build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
      },
);
