/**
 * The page on a phone. It is shown once the phone is paired; before that there is only the pairing form. A code that
 * came with the address is taken from there at once: it stands behind the #, which is sent to nobody.
 */
import { catalogue } from '../../../machines/text/text.ts';
import type { PairedRole, PairedView } from '../../../src/server/messages.ts';
import { type Connect, lineOf, type Wire } from '../link/channel.ts';
import './pairing-form.ts';
import { StreamWire } from '../link/stream-wire.ts';
import { beGuest } from '../link/where.ts';
import { showPage } from '../shell/show-page.ts';
import { PairingForm } from './pairing-form.ts';

/** The token is a cookie that no script sees: who this is here only the controller can say. */
async function roleHere(): Promise<PairedRole | null> {
  const answer = await fetch('/pair', { cache: 'no-store' });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  return ((await answer.json()) as PairedView).role;
}

/** The code in the address, which is gone from there before anything else. */
function codeInAddress(): string | null {
  const code = /^#pair=(\d{6})$/.exec(location.hash)?.[1] ?? null;
  if (location.hash.startsWith('#pair')) history.replaceState(null, '', location.pathname);
  return code;
}

/** A receiver's phone shows less and stop, whatever stands in the address. */
function keepToReceiver(): void {
  const keep = (): void => {
    if (location.hash !== '#receiver') location.replace('#receiver');
  };
  keep();
  window.addEventListener('hashchange', keep);
}

/** After so many sockets that never opened the browser is taken not to open any. */
const mostRefused = 2;

/** A line of sockets, or of what does without, where this browser refuses them. */
function lineHere(): Connect {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  let refused = 0;
  let hasSockets = false;
  const make = (): Wire => {
    if (!hasSockets && refused >= mostRefused) return new StreamWire();
    const socket = new WebSocket(`${scheme}://${location.host}/ws`);
    let isOpen = false;
    socket.addEventListener('open', () => {
      isOpen = true;
      hasSockets = true;
    });
    socket.addEventListener('close', () => {
      if (!isOpen) refused += 1;
    });
    return socket;
  };
  return lineOf(make, async () => {
    if ((await roleHere()) !== null) return true;
    // Taken back, or twelve hours old: the form says so.
    sessionStorage.setItem('tactus.unpaired', '1');
    location.reload();
    return false;
  });
}

function show(role: PairedRole): void {
  beGuest();
  if (role === 'receiver') keepToReceiver();
  showPage(lineHere());
}

/** Asks for a code until there is a right one. */
async function paired(code: string | null): Promise<PairedRole> {
  const form = new PairingForm();
  form.code = code ?? '';
  if (sessionStorage.getItem('tactus.unpaired') !== null) form.said = catalogue.phone.pairing.ended;
  sessionStorage.removeItem('tactus.unpaired');
  document.body.append(form);
  const role = await form.done;
  form.remove();
  return role;
}

export async function begin(): Promise<void> {
  const code = codeInAddress();
  let role: PairedRole | null = null;
  try {
    role = code === null ? await roleHere() : null;
  } catch {
    // The form tells whether the controller answers.
  }
  show(role ?? (await paired(code)));
}
