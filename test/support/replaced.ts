/**
 * Deeds of the system replaced while the tests of a file run, for whoever imports them by name too. Unlike `vi.mock`
 * it needs no module to be imported anew: Node gives the names of its own modules out by what they are at the moment.
 */
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, beforeAll } from 'vitest';

/** `by`: what stands in for some of its functions, made of all as they are. */
export function replaced<Module extends object>(
  module: Module,
  by: (real: Module) => Partial<Record<keyof Module, unknown>>,
): void {
  const real = { ...module };
  const standIns = by(real);
  beforeAll(() => {
    Object.assign(module, standIns);
    syncBuiltinESMExports();
  });
  afterAll(() => {
    for (const name of Object.keys(standIns) as (keyof Module)[]) module[name] = real[name];
    syncBuiltinESMExports();
  });
}
