/** The page of a running controller. */
import { socketTo } from './channel.ts';
import { showPage } from './tactus-page.ts';

showPage(socketTo(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`));
