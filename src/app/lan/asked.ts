/** What `start` is to listen on beside loopback. */
import { catalogue, fill } from '../../../machines/text/text.ts';
import { Exit, shown } from '../exit.ts';
import { isLoopback, type LanHost, lanHosts } from './addresses.ts';

const words = catalogue.phone.refused;

export type LanOptions = Readonly<{
  host?: string;
  lan?: true;
  insecureLan?: true;
  headless?: true;
}>;

/** Addresses of the network; null without `--lan`. Throws Exit 64 for what does not go together. */
export async function lanAsked({
  host,
  lan,
  insecureLan,
  headless,
}: LanOptions): Promise<readonly LanHost[] | null> {
  if (!lan && insecureLan) throw new Exit('usage', words.insecureAlone);
  if (!lan) {
    if (host !== undefined && !isLoopback(host))
      throw new Exit('usage', fill(words.host, { host: shown(host) }));
    return null;
  }
  if (headless) throw new Exit('usage', words.headless);
  return await lanHosts(host);
}
