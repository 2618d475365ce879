/** What a browser is told of the page as something to install: the web app manifest. Every address in it is relative. */
import { installedWords as words } from '../../../machines/text/installed.ts';
import { catalogue } from '../../../machines/text/text.ts';
import type { icons } from './icon-files.ts';

/** The dark ground of the page, as in `simulator/page/page.css`: a manifest has one colour, the page's head has both. */
export const darkGround = '#181210';

type IconName = keyof typeof icons;
const png = (src: IconName, px: number, purpose: 'any' | 'maskable') => ({
  src,
  sizes: `${px}x${px}`,
  type: 'image/png',
  purpose,
});

export const manifest = () => ({
  name: words.name,
  short_name: catalogue.page.name,
  description: words.description,
  lang: catalogue.language.tag,
  dir: catalogue.language.direction,
  // A browser knows it by this address: no `id`, which would be read from the host's root and not from here.
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: darkGround,
  theme_color: darkGround,
  categories: ['lifestyle'],
  icons: [
    { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    png('icon-192.png', 192, 'any'),
    png('icon-512.png', 512, 'any'),
    png('icon-maskable-512.png', 512, 'maskable'),
  ],
  shortcuts: [
    { name: words.shortcuts.routines, url: './#routines' },
    { name: words.shortcuts.history, url: './#history' },
  ].map(one => ({ ...one, icons: [png('icon-192.png', 192, 'any')] })),
});
