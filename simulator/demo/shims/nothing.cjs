'use strict';
// Parts of Johnny-Five that only a terminal has, and colours for it: never called here.
module.exports = {};
