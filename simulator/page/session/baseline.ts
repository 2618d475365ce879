/** How it is before the start: 0 to 10; null until it is said. */
export type Baseline = Readonly<{ local: number | null; leg: number | null }>;
