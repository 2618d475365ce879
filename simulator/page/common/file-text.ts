/** The text of a file that somebody picked or dropped. */

/** Null where the browser cannot read it: a folder, a file that is gone, one that is another account's. */
export async function textOfFile(file: File): Promise<string | null> {
  try {
    return await file.text();
  } catch {
    return null;
  }
}
