/** What all pages are shown alike. */
import type { View } from './view-messages.ts';

/** Everything but what differs from client to client, and what is found out beside a session. */
export type SharedView = Omit<View, 'people' | 'calibration' | 'kept'>;
