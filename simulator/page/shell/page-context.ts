/** What lies before whoever draws a piece of the page. */
import type { Intent } from '../../../machines/intent.ts';
import type { View } from '../../../src/server/view-messages.ts';
import type { Feed } from '../link/feed.ts';
import type { Baseline } from '../session/baseline.ts';
import type { Settings } from './settings.ts';

export type { Baseline };

export type PageContext = Readonly<{
  feed: Feed;
  /** What the controller told last; null before it has. */
  view: View | null;
  isLive: boolean;
  settings: Settings;
  /** Whether somebody has begun here: the first view has done its part. */
  hasBegun: boolean;
  begin(): void;
  /** How it is before the start, as far as it has been said here; kept from one look to another, and no longer. */
  scores: Baseline;
  score(scores: Partial<Baseline>): void;
  /** Says what the person wants to the session. */
  intend(intent: Intent): void;
}>;
