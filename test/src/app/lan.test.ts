/** What `start --lan` finds, makes and shows, before any phone is there. */
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { NetworkInterfaceInfo } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Exit } from '../../../src/app/exit.ts';
import { isLoopback, lanHosts, localAddresses } from '../../../src/app/lan/addresses.ts';
import { auditWords, invitation } from '../../../src/app/lan/announce.ts';
import { lanAsked } from '../../../src/app/lan/asked.ts';
import { AuditFile } from '../../../src/app/lan/audit-file.ts';
import { lanCertificate } from '../../../src/app/lan/certificate.ts';
import { qrText } from '../../../src/app/lan/qr-text.ts';
import { scratch } from '../../support/cli.ts';
import { readModules, seenInTerminal } from '../../support/qr.ts';

const { path } = scratch();

const face = (address: string, more: Partial<NetworkInterfaceInfo> = {}): NetworkInterfaceInfo =>
  ({
    address,
    netmask: '',
    mac: '',
    cidr: null,
    internal: false,
    ...(address.includes(':') ? { family: 'IPv6', scopeid: 0 } : { family: 'IPv4' }),
    ...more,
  }) as NetworkInterfaceInfo;

const home = {
  lo: [face('127.0.0.1', { internal: true }), face('::1', { internal: true })],
  wlan0: [face('192.168.1.5'), face('fd12::5'), face('fe80::1', { scopeid: 3 })],
  docker0: [face('172.17.0.1')],
};

async function exitOf(run: () => Promise<unknown>): Promise<Readonly<{ code: number; message: string }>> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Exit) return error;
    throw error;
  }
  throw new Error('it did not end');
}

describe('addresses', () => {
  test.each([
    ['a home', home, ['192.168.1.5']],
    ['a network of IPv6 alone', { eth0: [face('fd12::5'), face('2001:db8::1')] }, ['fd12::5']],
    ['two networks', { a: [face('10.0.0.2')], b: [face('172.31.255.1')] }, ['10.0.0.2', '172.31.255.1']],
    ['a cable between two machines', { eth0: [face('169.254.7.7')] }, ['169.254.7.7']],
    ['a server of the internet', { eth0: [face('8.8.4.4')] }, []],
    ['next to private', { eth0: [face('172.32.0.1'), face('11.0.0.1'), face('192.169.0.1')] }, []],
    ['containers alone', { docker0: [face('172.17.0.1')], veth1: [face('10.1.0.1')] }, []],
  ])('of %s', (_, interfaces, found) => {
    expect(localAddresses(interfaces)).toEqual(found);
  });

  test.each([
    [undefined, home, ['192.168.1.5']],
    ['172.17.0.1', home, ['172.17.0.1']],
    ['0.0.0.0', home, ['192.168.1.5', '172.17.0.1']],
    ['::', home, ['fd12::5']],
    ['8.8.4.4', { eth0: [face('8.8.4.4')] }, ['8.8.4.4']],
    ['127.0.0.2', {}, ['127.0.0.2']],
  ])('--host %s', async (host, interfaces, found) => {
    expect((await lanHosts(host, interfaces)).map(one => one.host)).toEqual(found);
  });

  test.each([
    [
      'no network',
      undefined,
      {},
      69,
      'no address in a local network; join one, or name an address with --host',
    ],
    [
      'only what the internet routes',
      undefined,
      { eth0: [face('8.8.4.4')] },
      69,
      'only 8.8.4.4; name it with --host',
    ],
    ['another machine', '192.168.1.6', home, 64, 'is not an address of this machine; it has 192.168.1.5'],
    ['no such name', 'no-such-name.invalid', home, 64, 'is not an address of this machine'],
    ['the page’s own address', '127.0.0.1', home, 64, 'is not an address of this machine'],
  ])('with %s it says so and what to do', async (_, host, interfaces, code, words) => {
    const end = await exitOf(() => lanHosts(host, interfaces));
    expect(end.code).toBe(code);
    expect(end.message).toContain(words);
  });

  test.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['LOCALHOST', true],
    ['0.0.0.0', false],
    ['::', false],
    ['192.168.1.5', false],
    ['localhost.evil.example', false],
    ['127.0.0.1.evil.example', false],
  ])('%s is loopback: %s', (host, is) => {
    expect(isLoopback(host)).toBe(is);
  });

  test.each([
    [{ host: '0.0.0.0' }, 'without --lan only loopback can be used'],
    [{ host: '192.168.1.5' }, 'without --lan only loopback can be used'],
    [{ insecureLan: true as const }, 'add --lan too'],
    [{ lan: true as const, headless: true as const }, '--headless'],
  ])('%o does not go together', async (options, words) => {
    const end = await exitOf(() => lanAsked(options));
    expect([end.code, end.message]).toEqual([64, expect.stringContaining(words)]);
  });

  test('a loopback host needs no --lan', async () => {
    expect(await lanAsked({ host: '127.0.0.1' })).toBeNull();
  });
});

describe('the certificate', () => {
  const dayMs = 86_400_000;
  const now = Date.UTC(2026, 0, 10);
  const folder = (name: string): string => {
    mkdirSync(path(name), { recursive: true });
    return path(name);
  };

  test('names the addresses, is good for at most 398 days, and vouches for itself alone', async () => {
    const { cert, fingerprint } = await lanCertificate(
      folder('made'),
      ['192.168.1.5', 'fd12::5', 'box.local'],
      now,
    );
    const read = new X509Certificate(cert);
    expect([read.checkIP('192.168.1.5'), read.checkIP('fd12::5'), read.checkHost('box.local')]).toEqual([
      '192.168.1.5',
      'fd12::5',
      'box.local',
    ]);
    expect(read.checkIP('192.168.1.6')).toBeUndefined();
    expect(read.ca).toBe(false);
    expect(read.verify(read.publicKey)).toBe(true);
    const days = (Date.parse(read.validTo) - Date.parse(read.validFrom)) / dayMs;
    expect(days).toBeGreaterThan(300);
    expect(days).toBeLessThanOrEqual(398);
    expect(read.fingerprint256).toBe(fingerprint);
  });

  test('is kept for its owner alone, and found again', async () => {
    const place = folder('kept');
    const made = await lanCertificate(place, ['192.168.1.5'], now);
    const file = join(place, 'lan-certificate.pem');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await lanCertificate(place, ['192.168.1.5'], now + dayMs)).fingerprint).toBe(made.fingerprint);
    expect((await lanCertificate(place, ['192.168.1.5'], now + 300 * dayMs)).fingerprint).toBe(
      made.fingerprint,
    );
  });

  test('is made anew a month before its end', async () => {
    const place = folder('renewed');
    const made = await lanCertificate(place, ['192.168.1.5'], now);
    const later = made.until - 30 * dayMs;
    const fresh = await lanCertificate(place, ['192.168.1.5'], later);
    expect(fresh.fingerprint).not.toBe(made.fingerprint);
    expect(fresh.until - later).toBeGreaterThan(300 * dayMs);
  });

  test('of a machine that moves names where it was too, up to sixteen places', async () => {
    const place = folder('moved');
    const first = await lanCertificate(place, ['192.168.1.5'], now);
    const second = await lanCertificate(place, ['10.0.0.7'], now);
    expect(second.names).toEqual(['10.0.0.7', '192.168.1.5']);
    expect((await lanCertificate(place, ['192.168.1.5'], now)).fingerprint).toBe(second.fingerprint);
    expect(second.fingerprint).not.toBe(first.fingerprint);
    let last = second;
    for (let count = 0; count < 15; count++) last = await lanCertificate(place, [`10.0.1.${count}`], now);
    expect(last.names).toHaveLength(16);
    expect(last.names[0]).toBe('10.0.1.14');
  });

  test.each([
    ['nothing', ''],
    ['half a file', '-----BEGIN PRIVATE KEY-----\nMIGH'],
    [
      'something else',
      '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
    ],
  ])('that is %s is made anew', async (name, text) => {
    const place = folder(`broken ${name}`);
    writeFileSync(join(place, 'lan-certificate.pem'), text);
    expect((await lanCertificate(place, ['192.168.1.5'], now)).names).toEqual(['192.168.1.5']);
  });

  test('with another one’s key is made anew', async () => {
    const [one, other] = [folder('one'), folder('other')];
    await lanCertificate(one, ['192.168.1.5'], now);
    await lanCertificate(other, ['192.168.1.5'], now);
    const half = (place: string, which: number): string =>
      readFileSync(join(place, 'lan-certificate.pem'), 'utf8').split(/(?=-----BEGIN CERT)/)[which] ?? '';
    writeFileSync(join(one, 'lan-certificate.pem'), half(other, 0) + half(one, 1));
    const fresh = await lanCertificate(one, ['192.168.1.5'], now);
    expect(new X509Certificate(fresh.cert).fingerprint256).toBe(fresh.fingerprint);
    expect(half(one, 1)).toBe(
      readFileSync(join(one, 'lan-certificate.pem'), 'utf8').split(/(?=-----BEGIN CERT)/)[1],
    );
    expect(fresh.key).not.toContain(half(other, 0).slice(40, 80));
  });

  test('where it cannot be kept is no certificate', async () => {
    const { code, message } = await exitOf(() =>
      lanCertificate(path('no such folder'), ['192.168.1.5'], now),
    );
    expect([code, message]).toEqual([73, expect.stringContaining('ENOENT')]);
  });
});

describe('the QR code in a terminal', () => {
  const text = 'https://192.168.100.200:7410/#pair=123456';

  test('is read back, painted whatever the terminal’s colours are, plain on a dark one', () => {
    for (const ink of ['light', 'dark'] as const)
      expect(readModules(seenInTerminal(qrText(text, true), ink))).toBe(text);
    expect(readModules(seenInTerminal(qrText(text, false), 'light'))).toBe(text);
  });

  test('fits into 80 columns and 24 lines with the longest address there is', () => {
    const longest = 'https://[fd12:3456:789a:bcde:f012:3456:789a:bcde]:65535/#pair=123456';
    const lines = qrText(longest, false).split('\n');
    expect(readModules(seenInTerminal(lines.join('\n'), 'light'))).toBe(longest);
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(80);
    expect(lines.length).toBeLessThanOrEqual(24);
  });
});

describe('what is said at the terminal', () => {
  const view = {
    lan: { addresses: ['https://192.168.1.5:7410/', 'https://10.0.0.2:7410/'], fingerprint: 'AA:BB' },
    code: { digits: '012345', role: 'receiver', leftMs: 60_000 },
    guests: [],
  } as const;
  const page = 'http://127.0.0.1:7410/#phone';

  test('has address, code, role, fingerprint, and the code to scan, which holds address and code', () => {
    const said = invitation(view, page, { colours: false, columns: undefined });
    for (const part of [
      'https://192.168.1.5:7410/',
      'https://10.0.0.2:7410/',
      '012 345',
      "receiver's stop",
      'AA:BB',
      page,
    ])
      expect(said).toContain(part);
    const picture = said.split('\n').filter(line => /^[█▀▄ ]+$/.test(line));
    expect(readModules(seenInTerminal(picture.join('\n'), 'light'))).toBe(
      'https://192.168.1.5:7410/#pair=012345',
    );
  });

  test('has no picture where there is no room for one', () => {
    expect(invitation(view, page, { colours: true, columns: 30 })).not.toMatch(/[█▀▄]/);
  });

  test('says what it costs to go without TLS', () => {
    const said = invitation({ ...view, lan: { ...view.lan, fingerprint: null } }, page, {
      colours: false,
      columns: undefined,
    });
    expect(said).toContain('anyone on this network can read along');
    expect(said).toContain('do not keep their screen on');
  });

  test('names who came, and who tried', () => {
    const line = { who: 'remote 1', from: '192.168.1.9' };
    expect(auditWords({ ...line, what: 'pair', result: 'done' })).toBe(
      'remote 1 is paired, from 192.168.1.9',
    );
    expect(auditWords({ ...line, what: 'pair', result: 'wrong' })).toBe('a wrong code from 192.168.1.9');
    expect(auditWords({ ...line, what: 'token', result: 'wrong' })).toContain('192.168.1.9');
    expect(auditWords({ ...line, what: 'pause', result: 'done' })).toBeNull();
  });
});

describe('the record', () => {
  let now = 0;
  const opened = (name: string, failed: (code: string) => void = () => {}): AuditFile =>
    new AuditFile({ folder: path(name), now: () => now, wallNow: () => Date.UTC(2026, 0, 10), failed });
  const line = { who: 'remote 1', what: 'stop', from: '192.168.1.9', result: 'done' };
  const lines = (name: string, file = 'lan.jsonl'): unknown[] =>
    readFileSync(join(path(name), file), 'utf8')
      .trimEnd()
      .split('\n')
      .map(text => JSON.parse(text));

  test('has who, what, from where and the result, in a file of its owner’s', () => {
    mkdirSync(path('audit'));
    const audit = opened('audit');
    audit.write(line);
    audit.close();
    expect(lines('audit')).toEqual([{ at: '2026-01-10T00:00:00.000Z', ...line }]);
    if (process.platform !== 'win32')
      expect(statSync(join(path('audit'), 'lan.jsonl')).mode & 0o777).toBe(0o600);
    const again = opened('audit');
    again.write(line);
    again.close();
    expect(lines('audit')).toHaveLength(2);
  });

  test('of a flood has some, and how many were left out', () => {
    mkdirSync(path('flood'));
    now = 0;
    const audit = opened('flood');
    for (let count = 0; count < 1000; count++) audit.write(line);
    now = 1000;
    audit.write(line);
    audit.close();
    const found = lines('flood');
    expect(found).toHaveLength(202);
    expect(found.at(-2)).toMatchObject({ what: 'lines left out', result: '800' });
  });

  test('never grows beyond twice a megabyte', () => {
    mkdirSync(path('long'));
    now = 0;
    const audit = opened('long');
    const long = { ...line, result: 'x'.repeat(10_000) };
    for (let count = 0; count < 400; count++) {
      now += 1000;
      audit.write(long);
    }
    audit.close();
    for (const file of ['lan.jsonl', 'lan-before.jsonl'])
      expect(statSync(join(path('long'), file)).size).toBeLessThan(1_020_000);
  });

  test('of what paired phones did is pushed out by no stranger, however long one tries', () => {
    mkdirSync(path('strangers'));
    now = 0;
    const audit = opened('strangers');
    audit.write(line);
    const theirs = { ...line, who: 'unknown', what: 'token', result: 'x'.repeat(1000) };
    for (let day = 0; day < 30; day++)
      for (let count = 0; count < 100; count++) {
        now += 864_000;
        audit.write(theirs);
      }
    audit.write(line);
    audit.close();
    expect(existsSync(join(path('strangers'), 'lan-before.jsonl'))).toBe(false);
    const found = lines('strangers') as { who: string }[];
    expect(found[0]).toMatchObject(line);
    expect(found.at(-1)).toMatchObject(line);
    expect(statSync(join(path('strangers'), 'lan.jsonl')).size).toBeLessThan(250_000);
  });

  test('that cannot be written says so once, and nothing ends', () => {
    const failures: string[] = [];
    const audit = opened('no folder', code => failures.push(code));
    audit.write(line);
    audit.write(line);
    expect(failures).toEqual(['ENOENT']);
  });
});
