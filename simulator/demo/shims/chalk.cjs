'use strict';
// Colours of a terminal, of which a worker has none: every text stays as it is.
module.exports = new Proxy({}, { get: () => text => text });
