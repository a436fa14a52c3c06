#!/usr/bin/env node
// Old syntax on purpose: an old Node must be able to read this far and say what is missing.
var needed = require('../package.json').engines.node.replace('>=', '').split('.')
var found = process.versions.node.split('.')
var isOld = +found[0] < +needed[0] || (+found[0] === +needed[0] && +found[1] < +(needed[1] || 0))
if (isOld) {
  console.error('tonearm needs Node ' + needed.join('.') + ' or newer; this is ' + process.versions.node + '.')
  console.error('Install a newer one from https://nodejs.org, or let npm fetch it for this one run:')
  console.error('  npx -y -p node@24 -p tonearm tonearm ' + process.argv.slice(2).join(' '))
  process.exit(1)
}
require('./start.cjs')
