import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { installable } from './simulator/demo/install/build.ts';
import { licences } from './src/licences.ts';

/** Native, or told of by `npm audit` where it faces a network: these stay packages of their own. All else is bundled. */
const external = ['serialport', 'ws', 'mqtt', '@lydell/node-pty'];

/** ... and what whoever uses the library has to share with it: one copy makes actors and schemas of both. */
const shared = ['xstate', 'valibot'];

/** One for each name after `tactus-pacer/`. */
const entries = readdirSync(new URL('src/library/', import.meta.url)).filter(name => name.endsWith('.ts'));
const library = Object.fromEntries(entries.map(name => [name.slice(0, -3), `src/library/${name}`]));

const shim = (name: string): string =>
  fileURLToPath(new URL(`simulator/demo/shims/${name}`, import.meta.url));

/** Johnny-Five's own ports and its terminal, which nobody here uses: one serialport is enough. */
const unused = /^(repl|firmata|serialport|browser-serialport|nanotimer|temporal)$/;

/** Only what Johnny-Five itself requires: serialport is ours, too. */
const boardsWithoutPorts: Plugin = {
  name: 'boards-without-ports',
  enforce: 'pre',
  resolveId: (source, importer = '') =>
    unused.test(source) && /[\\/]node_modules[\\/]johnny-five[\\/]/.test(importer)
      ? shim('nothing.cjs')
      : null,
};

/** What Johnny-Five and firmata-io require of Node, for the page that runs with no server. */
const shims = [
  { find: /^(node:)?events$/, replacement: shim('events.cjs') },
  { find: /^chalk$/, replacement: shim('chalk.cjs') },
  { find: unused, replacement: shim('nothing.cjs') },
];

/** How styles and elements are indented in the source is of use to no browser: of each line it is its end that counts. */
const withoutIndentation: Plugin = {
  name: 'without-indentation',
  apply: 'build',
  transform: (code, id) =>
    /[\\/]simulator[\\/].*\.ts$/.test(id)
      ? {
          code: code.replace(/\b(?:css|html|svg)`[^`]*`/g, text => text.replace(/\n[ \t]+/g, '\n')),
          map: null,
        }
      : null,
};

export default defineConfig(({ mode }) => {
  const { collect, write } = licences();
  return mode === 'program' || mode === 'library'
    ? {
        plugins: [boardsWithoutPorts, write()],
        ssr: { noExternal: true, external: mode === 'library' ? [...external, ...shared] : external },
        build: {
          ssr: true,
          target: 'node20',
          minify: false,
          rolldownOptions: {
            input:
              mode === 'library'
                ? library
                : {
                    tactus: 'src/main.ts',
                    'board-worker': 'simulator/avr/worker.ts',
                    'history-worker': 'src/server/history-worker.ts',
                    'disk-worker': 'src/app/disk-worker.ts',
                    'mqtt-worker': 'src/mqtt/mqtt-worker.ts',
                    'bench-child': 'src/app/bench/child.ts',
                  },
            checks: { bundlerTimings: false },
            output: {
              entryFileNames: '[name].js',
              chunkFileNames: 'chunks/[name]-[hash].js',
              // White space and comments are a tenth of the package. Names stay: whoever reads an error reads them.
              ...(mode === 'program' && {
                minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
              }),
            },
          },
        },
      }
    : {
        ...(mode === 'demo' && {
          resolve: { alias: shims },
          worker: { format: 'es' as const, plugins: () => [collect()] },
        }),
        plugins: [withoutIndentation, write(), ...(mode === 'demo' ? [installable()] : [])],
        base: './',
        build: {
          target: 'es2022',
          assetsInlineLimit: 0,
          modulePreload: { polyfill: false },
          rolldownOptions: { checks: { bundlerTimings: false } },
        },
      };
});
