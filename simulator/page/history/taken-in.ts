/** What became of a file that was added to what this browser keeps. */

/** Something of a file that was not taken, or not as a whole: where it stands, and why. */
export type FileFault = Readonly<{ where: string; why: string }>;

export type TakenIn = Readonly<{
  took: Readonly<{ sessions: number; routines: number; preferences: number; boards: number }>;
  /** Was here already, the same. */
  had: number;
  /** Not taken. */
  left: readonly FileFault[];
  /** Taken, and to be known. */
  notes: readonly FileFault[];
}>;
