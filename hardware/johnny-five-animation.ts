/**
 * Johnny-Five's own way to pace something, which Tactus does not use: `bench` has it beside ours. The program has
 * Johnny-Five built in without the timers of its animation, so it is taken from node_modules, where it is there.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

type Segment = Readonly<{
  duration: number;
  cuePoints: readonly number[];
  keyFrames: readonly object[];
  loop: boolean;
  onloop: () => void;
}>;
type Animation = Readonly<{ enqueue(segment: Segment): unknown; stop(): unknown }>;
type AnimationClass = Readonly<{ render: PropertyKey; normalize: PropertyKey }> &
  (new (
    target: object,
  ) => Animation);

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' || typeof value === 'function') && value !== null;

const isAnimationClass = (value: unknown): value is AnimationClass =>
  typeof value === 'function' && 'render' in value && 'normalize' in value;

/** Its class of animations, or null where Johnny-Five is no package of its own beside `root`. */
function animationClass(root: string): AnimationClass | null {
  let found: unknown;
  try {
    found = createRequire(join(root, 'package.json'))('johnny-five');
  } catch {
    return null;
  }
  const animation: unknown = isObject(found) && 'Animation' in found ? found.Animation : undefined;
  return isAnimationClass(animation) ? animation : null;
}

/**
 * Loops over two key frames, `everyMs` each time, at the 60 frames a second that it has by default; calls `beat` at each
 * end. Resolves with what stops it, or null where there is no Johnny-Five.
 */
export function animated(root: string, everyMs: number, beat: () => void): (() => void) | null {
  const Found = animationClass(root);
  if (Found === null) return null;
  const target = { [Found.render]: () => {}, [Found.normalize]: (frames: unknown) => frames };
  const animation = new Found(target);
  animation.enqueue({
    duration: everyMs,
    cuePoints: [0, 1],
    keyFrames: [{ value: 0 }, { value: 255 }],
    loop: true,
    onloop: beat,
  });
  return () => void animation.stop();
}
