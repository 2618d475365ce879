/** The page of a running controller. */
import { socketTo } from './link/channel.ts';
import { isThisMachine } from './link/where.ts';
import { showPage } from './shell/show-page.ts';

if (isThisMachine())
  showPage(socketTo(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`));
// From the network a phone has to be paired first.
else void import('./phone/begin.ts').then(({ begin }) => begin());
