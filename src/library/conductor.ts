/**
 * Clocks, the agenda that holds the one timer, and the conductor that plays a machine's orders as whole frames under a
 * lease. Motors run only while the machine is healthy and means them to; whatever throws, they are let go first.
 *
 * @packageDocumentation
 */
export type { Driver } from '../../hardware/driver.ts';
export type { Frame, Ms, Order } from '../../machines/vocabulary.ts';
export { Agenda, type AgendaPorts, type FrameSource } from '../motors/agenda.ts';
export { Conductor, type ConductorPorts } from '../motors/conductor.ts';
export { type Cancel, type Clock, countedFrom } from '../time/clock.ts';
export type { Lateness } from '../time/lateness.ts';
export { SystemClock } from '../time/system-clock.ts';
export { VirtualClock } from '../time/virtual-clock.ts';
