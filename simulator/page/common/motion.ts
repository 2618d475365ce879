/** Whether drawn movement is wanted: stilled where the system asks for less, or a person has stilled it on the page. */
import type { Settings } from '../shell/settings.ts';

const system = matchMedia('(prefers-reduced-motion: reduce)');
const chosen = new EventTarget();

/** Read at each drawing. The session itself goes on as it was. */
export const isStilled = (): boolean => system.matches || document.documentElement.dataset.motion === 'still';

export function applyMotion({ still }: Pick<Settings, 'still'>): void {
  if (still) document.documentElement.dataset.motion = 'still';
  else delete document.documentElement.dataset.motion;
  chosen.dispatchEvent(new Event('change'));
}

/** Tells of every change; what comes back ends that. */
export function hearMotion(changed: () => void): () => void {
  const sources = [system, chosen];
  for (const source of sources) source.addEventListener('change', changed);
  return () => {
    for (const source of sources) source.removeEventListener('change', changed);
  };
}
