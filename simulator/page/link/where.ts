/** Whether this page comes from this very machine: loopback is nobody else's. */
export const isThisMachine = (): boolean =>
  ['localhost', '127.0.0.1', '[::1]', ''].includes(location.hostname);

let guest = false;

/** This page is a paired phone's: what stands beside the live session is for the machine itself, all but the routines. */
export function beGuest(): void {
  guest = true;
}

export const isGuest = (): boolean => guest;
