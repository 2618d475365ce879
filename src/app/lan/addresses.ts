/** Where this machine can be found by others: its addresses in a local network, and none that the internet routes. */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { catalogue, fill } from '../../../machines/text/text.ts';
import { Exit, shown } from '../exit.ts';

const words = catalogue.phone.refused;

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;
/** An address to listen on, and other names that lead to it. */
export type LanHost = Readonly<{ host: string; names: readonly string[] }>;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/**
 * What the internet does not route: RFC 1918, link-local (RFC 3927), what is reserved for documentation and for
 * measurements (RFC 5737, RFC 2544), and unique local IPv6 (RFC 4193).
 */
const local = new BlockList();
for (const [net, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['192.0.2.0', 24],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['198.18.0.0', 15],
] as const)
  local.addSubnet(net, prefix);
local.addSubnet('fc00::', 7, 'ipv6');

/** Networks that exist within this machine only. */
const within = /^(docker|br-|veth|virbr|vmnet|vboxnet|podman|cni|lxc)/;

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Whether a name or address is this machine alone. */
export const isLoopback = (host: string): boolean =>
  host.toLowerCase() === 'localhost' || (isIP(host) !== 0 && loopback.check(host, family(host)));

const outward = (interfaces: Interfaces): NetworkInterfaceInfo[] =>
  Object.values(interfaces)
    .flatMap(all => all ?? [])
    // An address that needs its interface named cannot stand in an address line.
    .filter(({ internal, scopeid }) => !internal && !scopeid);

/** Addresses in a local network, those of IPv4 where there are any. */
export function localAddresses(interfaces: Interfaces): readonly string[] {
  const outside = Object.fromEntries(Object.entries(interfaces).filter(([name]) => !within.test(name)));
  const found = outward(outside)
    .map(({ address }) => address)
    .filter(address => local.check(address, family(address)));
  const four = found.filter(address => family(address) === 'ipv4');
  return four.length > 0 ? four : found;
}

/** Addresses that a name stands for; itself where it is one. */
async function resolved(host: string): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
}

/**
 * What to listen on for `--lan`, `host` being what was asked for. Throws Exit 64 where that is no address of this
 * machine, 69 where it has none in a local network.
 */
export async function lanHosts(
  host: string | undefined,
  interfaces: Interfaces = networkInterfaces(),
): Promise<readonly LanHost[]> {
  const own = outward(interfaces).map(({ address }) => address);
  if (host === undefined) {
    const found = localAddresses(interfaces);
    if (found.length > 0) return found.map(one => ({ host: one, names: [] }));
    throw new Exit(
      'noDevice',
      own.length > 0 ? fill(words.onlyPublic, { addresses: own.join(', ') }) : words.noneHere,
    );
  }
  const every = host === '0.0.0.0' ? 'ipv4' : host === '::' ? 'ipv6' : null;
  if (every !== null) {
    const found = own.filter(one => family(one) === every);
    if (found.length > 0) return found.map(one => ({ host: one, names: [] }));
    throw new Exit('noDevice', words.noneHere);
  }
  // Another loopback address than the page's own serves for trying it out on one machine.
  const found = (await resolved(host)).find(
    one => own.includes(one) || (isLoopback(one) && !['127.0.0.1', '::1'].includes(one)),
  );
  if (found === undefined)
    throw new Exit(
      'usage',
      fill(words.notOurs, {
        host: shown(host),
        addresses: own.length > 0 ? own.join(', ') : 'none outside loopback',
      }),
    );
  return [{ host: found, names: isIP(host) === 0 ? [host.toLowerCase()] : [] }];
}
