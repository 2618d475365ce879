/** Whether this page comes from this very machine: loopback is nobody else's. */
export const isThisMachine = (): boolean =>
  ['localhost', '127.0.0.1', '[::1]', ''].includes(location.hostname);
