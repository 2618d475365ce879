// The converter: one look at a time at the supply and at the drains, while no motor runs.
#pragma once

// Once, in setup: all of it.
void beginProbes();

// The main loop, after a tick. `atRest`: no motor runs, nor has one just run.
void probe(bool atRest);
