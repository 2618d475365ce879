/** Asks the browser not to throw away what is kept here when it runs out of space. */

/** As much of `navigator.storage` as is needed of it; a page that came over plain HTTP has none of it. */
export type Persisting = Readonly<{ persist?(): Promise<boolean>; persisted?(): Promise<boolean> }>;

/** Whether a request has just saved something, what is to be kept of sessions among it: the moment to ask. */
export const hasSaved = (method: string, status: number): boolean =>
  method !== 'GET' && method !== 'DELETE' && status < 300;

/** Never rejects, and waits for nobody: what it says is shown elsewhere. */
export async function askToPersist(storage: Persisting | undefined): Promise<void> {
  try {
    if (storage?.persist && storage.persisted && !(await storage.persisted()))
      // It may ask the person; what was saved is saved meanwhile.
      storage.persist().catch(() => {});
  } catch {
    // A browser that does not say is shown as one that does not say.
  }
}
