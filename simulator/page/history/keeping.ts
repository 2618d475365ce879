/** How much is kept of the sessions to come, and for how many days. */
export const keepings = ['off', 'plain', 'bands', 'scores'] as const;
export type Keeping = Readonly<{ keep: (typeof keepings)[number]; keepDays: number }>;
