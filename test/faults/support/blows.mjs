/**
 * Loaded before a controller that is to be struck from within, each blow by a signal. A debugger would do as well, but
 * Node itself crashes now and then (SIGSEGV) where one leaves at the moment of an uncaught exception.
 */
process.on('SIGUSR2', () => {
  throw new Error('struck');
});
process.on('SIGWINCH', () => {
  void Promise.reject(new Error('struck'));
});
