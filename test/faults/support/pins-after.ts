export { pause } from '../../../src/app/bench/pause.ts';
export { type After, isDriven, pinsAfter } from '../../../src/app/bench/pins-after.ts';
