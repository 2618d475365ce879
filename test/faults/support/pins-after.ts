export { type After, isDriven, pinsAfter } from '../../../src/app/bench/pins-after.ts';
export { pause } from '../../../src/app/bench/pause.ts';
