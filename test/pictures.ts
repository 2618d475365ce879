/** `npm run pictures`: the pictures of the READMEs anew, by the browser tests that show them. */
import { startVitest } from 'vitest/node';
import { endWithRunner } from '../src/app/gone-parent.ts';
import { groups, projectName } from './groups.ts';
import { ensureChromium } from './support/chromium.ts';

endWithRunner('test/pictures.ts');
const chromium = ensureChromium();
if (!chromium) throw new Error('no Chromium could be had');
process.env.CHROMIUM_PATH = chromium;
process.env.TACTUS_PICTURES = '1';

const vitest = await startVitest('test', process.argv.slice(2), {
  run: true,
  watch: false,
  project: groups
    .filter(({ wantsChromium }) => wantsChromium)
    .flatMap(group => [projectName(group, 'quick'), projectName(group, 'long')]),
});
await vitest.close();
