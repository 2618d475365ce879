/** What a person at the terminal is told about phones. */
import { catalogue, fill } from '../../../machines/text/text.ts';
import type { AuditLine } from '../../server/lan/lan.ts';
import { type PhoneView, pairingAddress } from '../../server/lan/phone-messages.ts';
import { shown } from '../exit.ts';
import { qrText } from './qr-text.ts';

const words = catalogue.phone.terminal;

/** Six digits as people read them out. */
const spaced = (digits: string): string => `${digits.slice(0, 3)} ${digits.slice(3)}`;

export type TerminalLook = Readonly<{ colours: boolean; columns: number | undefined }>;

export const lookOf = ({ isTTY, columns }: NodeJS.WriteStream): TerminalLook => ({
  colours: isTTY === true && process.env.NO_COLOR === undefined,
  columns: isTTY === true ? columns : undefined,
});

/** The open code with its QR code, and how to be sure of the certificate. */
export function invitation({ lan, code }: PhoneView, page: string, look: TerminalLook): string {
  const [address, ...others] = lan?.addresses ?? [];
  if (!lan || address === undefined) return '';
  const lines = [fill(words.phones, { address })];
  if (others.length > 0) lines.push(fill(words.also, { addresses: others.join(' ') }));
  if (code) {
    const picture = qrText(pairingAddress(address, code.digits), look.colours);
    const [first = ''] = picture.split('\n');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes take no room in a terminal
    const width = first.replace(/\u001b\[[\d;]+m/g, '').length;
    if (look.columns === undefined || look.columns >= width) lines.push(picture);
    lines.push(
      fill(words.code, { role: catalogue.phone.roles[code.role], code: spaced(code.digits) }),
      words.scan,
    );
  }
  if (lan.fingerprint === null) lines.push(words.insecure);
  else lines.push(fill(words.fingerprint, { fingerprint: lan.fingerprint }), words.warns);
  lines.push(fill(words.another, { page }));
  return `${lines.join('\n')}\n`;
}

/** The few things of the record that whoever sits here wants to know at once; null for the others. */
export function auditWords({ who, what, from, result }: AuditLine): string | null {
  const values = { who: shown(who), from: shown(from) };
  if (what === 'pair' && result === 'done') return fill(words.paired, values);
  if (what === 'unpair') return fill(words.unpaired, values);
  if (what === 'pair' && (result === 'wrong' || result === 'spent')) return fill(words.wrongCode, values);
  if (what === 'token') return fill(words.wrongToken, values);
  return null;
}
