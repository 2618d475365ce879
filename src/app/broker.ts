/** The broker that a command is told of, with who one is to it; what is wrong with either ends the command. */
import { join } from 'node:path';
import { brokerWords } from '../../machines/text/broker.ts';
import { fill } from '../../machines/text/text.ts';
import {
  addressText,
  type BrokerConnection,
  brokerAddress,
  tellsPasswordOpenly,
} from '../mqtt/connection.ts';
import { brokerIdentity, type CredentialsFault, credentialsName } from '../mqtt/credentials.ts';
import { Exit, shown } from './exit.ts';
import { stateFolder } from './state-folder.ts';

const words = brokerWords;

const exitKinds = {
  missing: 'noInput',
  unreadable: 'notPermitted',
  open: 'notPermitted',
  notRegular: 'noInput',
  tooLarge: 'content',
  notJson: 'content',
  noPem: 'content',
  field: 'content',
  lonePassword: 'usage',
} as const satisfies Readonly<Record<CredentialsFault['why'], Exit['kind']>>;

function refusalOf(fault: CredentialsFault): Exit {
  const places = Object.fromEntries(Object.entries(fault).map(([name, value]) => [name, shown(value)]));
  return new Exit(exitKinds[fault.why], fill(words.credentials[fault.why], places));
}

/** Throws Exit where the address or the credentials are not to be used. `warn` hears what is allowed and unwise. */
export function brokerFrom(url: string, warn: (sentence: string) => void): BrokerConnection {
  const folder = stateFolder();
  const address = brokerAddress(url);
  if (typeof address === 'string')
    throw new Exit(
      'usage',
      // What may hold a password is not said again.
      fill(words.address[address], { given: shown(url), file: shown(join(folder, credentialsName)) }),
    );
  const identity = brokerIdentity(process.env, folder);
  if ('why' in identity) throw refusalOf(identity);
  const connection = { address, identity };
  if (tellsPasswordOpenly(connection)) warn(fill(words.openPassword, { address: addressText(address) }));
  return connection;
}
