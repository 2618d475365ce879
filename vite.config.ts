import { defineConfig } from 'vite';

/** Native or CommonJS packages stay in node_modules; everything else is bundled, so that a command starts at once. */
const external = ['johnny-five', 'firmata-io', 'serialport', 'ws', '@lydell/node-pty'];

export default defineConfig(({ mode }) =>
  mode === 'program'
    ? {
        ssr: { noExternal: true, external },
        build: {
          ssr: true,
          target: 'node20',
          minify: false,
          rolldownOptions: {
            input: { tactus: 'src/main.ts', 'board-worker': 'simulator/avr/worker.ts' },
            output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
          },
        },
      }
    : {
        base: './',
        build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
      },
);
