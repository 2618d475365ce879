/** Waiting that ends in any case. */
import type { Ms } from '../../machines/vocabulary.ts';
import type { Clock } from './clock.ts';

/** Resolves once it is done, or has been waited for too long. */
export function atMost(clock: Clock, ms: Ms, act: (done: () => void) => void): Promise<void> {
  return new Promise(resolve => {
    const late = clock.at(clock.now() + ms, resolve);
    act(() => {
      late();
      resolve();
    });
  });
}
