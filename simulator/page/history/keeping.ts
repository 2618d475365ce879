/** How much is kept of the sessions to come, and for how many days. */
export const keepingChoices = ['off', 'plain', 'bands', 'scores'] as const;
export type KeepingChosen = Readonly<{ keep: (typeof keepingChoices)[number]; keepDays: number }>;
