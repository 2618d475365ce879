#!/usr/bin/env node
// Starts the program, once the Node that is to run it has been looked at. Nodes of long ago read this file too, as a
// script or as a module: nothing stands in it that Node 10 does not know. All that is newer is in what it loads.
const needed = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(
    `tactus: this is Node ${process.versions.node}, and Tactus needs Node ${needed.join('.')} or newer: see https://nodejs.org\n`,
  );
  process.exitCode = 64;
} else {
  // What goes wrong in there ends the process, as an error that nothing has caught.
  void import('./launch/launch.js');
}
