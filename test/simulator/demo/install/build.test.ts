/** The page without a server as it was built: what a browser would install and keep of it. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  iconDrawing,
  iconFolder,
  icons,
  readPicture,
  sourceOf,
} from '../../../../simulator/demo/install/icon-files.ts';
import { darkGround, manifest } from '../../../../simulator/demo/install/manifest.ts';
import { packageRoot } from '../../../../src/installed.ts';
import { notInstallable, pageFiles } from '../../../../src/server/page-files.ts';
import { builtDemo } from '../../../support/demo.ts';
import { builtPaths } from '../../../support/next-version.ts';

/** The page needs less than this of a browser's room, and a phone fetches it in a few seconds. */
const mostKeptBytes = 2_500_000;

const built = builtPaths(builtDemo);
const text = (path: string): string => readFileSync(join(builtDemo, path), 'utf8');

/** What the service worker was told to keep. */
const kept = [...text('sw.js').matchAll(/\{"url":"([^"]+)","revision":(null|"[0-9a-f]{16}")\}/g)].map(
  ([, url = '', revision = '']) => ({ url, revision }),
);

describe('the service worker', () => {
  it('keeps every file of the build but itself, and none besides', () => {
    expect(kept.map(({ url }) => url).toSorted()).toEqual(built);
    expect(kept.length).toBeGreaterThan(20);
  });

  it('takes no more than two and a half megabytes of the browser’s room', () => {
    const bytes = kept.reduce((sum, { url }) => sum + statSync(join(builtDemo, url)).size, 0);
    expect(bytes).toBeLessThan(mostKeptBytes);
  });

  it('tells versions of a file apart by its name or by what is in it', () => {
    const named = kept.filter(({ revision }) => revision === 'null').map(({ url }) => url);
    expect(named.filter(url => !/^assets\/.+-[\w-]{8}\.\w+$/.test(url))).toEqual([]);
    expect(named.length).toBeGreaterThan(15);
  });

  it('is one script that fetches no other', () => {
    expect(text('sw.js')).not.toMatch(/\b(importScripts|import|export)\b/);
  });
});

describe('the manifest', () => {
  const written = JSON.parse(text('manifest.webmanifest')) as ReturnType<typeof manifest>;

  it('is named in the page’s head, and may be fetched by its policy', () => {
    expect(text('index.html')).toContain('<link rel="manifest" href="./manifest.webmanifest">');
    expect(text('index.html')).toContain("manifest-src 'self'");
  });

  it('has only addresses that go with the page wherever it stands', () => {
    expect(written).toEqual(manifest());
    const addresses = [
      written.start_url,
      written.scope,
      ...written.icons.map(({ src }) => src),
      ...written.shortcuts.map(({ url }) => url),
    ];
    const base = 'https://host/a%20base/';
    expect(
      addresses.filter(address => !new URL(address, `${base}manifest.webmanifest`).href.startsWith(base)),
    ).toEqual([]);
  });

  it('has the ground of the dark scheme; the page’s head has that of either', () => {
    const css = readFileSync(join(packageRoot, 'simulator', 'page', 'page.css'), 'utf8');
    const [, light, dark] = /--ground: light-dark\((#\w+), (#\w+)\)/.exec(css) ?? [];
    expect(darkGround).toBe(dark);
    expect([written.background_color, written.theme_color]).toEqual([dark, dark]);
    for (const [scheme, ground] of Object.entries({ dark, light }))
      expect(text('index.html')).toContain(
        `<meta name="theme-color" media="(prefers-color-scheme: ${scheme})" content="${ground}" />`,
      );
  });
});

describe('the icons', () => {
  it.each(Object.entries(icons))(
    '%s is as large as it says, and drawn from the icon that there is: npm run icons',
    (name, icon) => {
      const { px } = icon;
      expect(readPicture(readFileSync(join(iconFolder, name)))).toEqual({
        width: px,
        height: px,
        source: sourceOf(icon),
      });
      expect(readFileSync(join(builtDemo, name)).equals(readFileSync(join(iconFolder, name)))).toBe(true);
    },
  );

  it('reach every edge where the system cuts its own shape, and keep what is drawn within its middle', () => {
    const { marginOf64 } = icons['icon-maskable-512.png'];
    // The ball at the end of the stroke reaches furthest: 28.6 of 64 from the middle.
    expect((2 * 28.6) / (64 + 2 * marginOf64)).toBeLessThan(0.8);
    expect(iconDrawing(icons['icon-maskable-512.png'])).not.toContain('rx=');
  });
});

describe('a controller that serves the page', () => {
  const files = notInstallable(pageFiles(builtDemo, '/demo'));

  it('has it neither installed nor kept', () => {
    expect(files.get('/demo/')?.body.toString()).not.toContain('rel="manifest"');
    expect([files.has('/demo/sw.js'), files.has('/demo/manifest.webmanifest')]).toEqual([false, false]);
  });

  it('leaves everything else of it as it is', () => {
    expect(files.size).toBe(built.length - 1);
    const script = built.find(path => /^assets\/index-.*\.js$/.test(path)) ?? '';
    // Compared as bytes: a million of them one by one is seconds.
    expect(files.get(`/demo/${script}`)?.body.equals(readFileSync(join(builtDemo, script)))).toBe(true);
  });
});
