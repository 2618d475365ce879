/** The page of a running controller. */
import { socketTo } from './channel.ts';
import { isThisMachine } from './lan/where.ts';
import { showPage } from './tactus-page.ts';

if (isThisMachine())
  showPage(socketTo(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`));
// From the network a phone has to be paired first.
else void import('./lan/begin.ts').then(({ begin }) => begin());
