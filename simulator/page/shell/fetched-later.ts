/** What of the page is fetched when it is wanted, so that the first view does not carry it. */
import { routeNames, routes } from './routes.ts';

export const fetchSettingsPanel = () => import('./settings-panel.ts');

/** Brings all that is usually fetched when it is asked for, where there may be nothing to fetch it from later. */
export async function fetchAll(): Promise<void> {
  // What does not come now is asked for once more when it is wanted.
  await Promise.allSettled([
    fetchSettingsPanel(),
    ...routeNames.map(async look => await routes[look].load()),
  ]);
}
