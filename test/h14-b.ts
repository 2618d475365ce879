import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { startControllerIn } from './support/controller.ts';
import { keepMany } from './support/many-sessions.ts';

const state = mkdtempSync('/tmp/h14-busy-');
let t = performance.now();
const lap = (w: string) => {
  const n = performance.now();
  console.log(w, (n - t).toFixed(0));
  t = n;
};
const before = new Set(await keepMany(state, 5000));
lap('kept');
const stopAt = 20000;
writeFileSync(
  state + '/s.json',
  JSON.stringify([
    { at: 0, intent: 'screen', complaint: true, others: 'no' },
    { at: 0, intent: 'confirm', step: 'position' },
    { at: 0, intent: 'baseline', local: 0, leg: 0 },
    { at: 500, intent: 'start' },
    { at: stopAt, intent: 'stop' },
    { at: stopAt + 50, intent: 'afterStop', why: 'pain' },
    { at: stopAt + 100, intent: 'end' },
  ]),
);
const c = await startControllerIn(state, '--routine', 'first-touch', '--script', state + '/s.json');
lap('started');
const page = new URL(c.address);
const ids = [...before];
const g = async (path: string, method = 'GET', body?: unknown) => {
  const a = await fetch(new URL(path, page), {
    method,
    headers: { origin: page.origin, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await a.text();
  lap(`${method} ${path.slice(0, 40)} ${a.status} ${text.length}`);
};
await new Promise(r => setTimeout(r, 1500));
t = performance.now();
for (const p of [
  '/',
  '/demo/',
  '/routines',
  '/routines/evening-legs',
  '/preferences',
  '/phone',
  '/sessions/place',
  '/sessions',
  '/sessions/trends.html',
  '/sessions/trends.csv',
  '/sessions/trends.json',
  ...['', '/note', '/chart.svg', '/report.html', '/report.csv', '/report.json'].map(
    l => `/sessions/${ids[7]}${l}`,
  ),
])
  await g(p);
await g(`/sessions/${ids[7]}/note`, 'POST', { text: 'x' });
await g(`/sessions/${ids[8]}`, 'DELETE');
await g(`/preferences`, 'PUT', { keepDays: 365 });
await g('/sessions');
await g('/sessions', 'DELETE');
await new Promise(r => setTimeout(r, Math.max(0, 24000 - performance.now())));
for (const n of readdirSync(state + '/history')) {
  const x = readFileSync(`${state}/history/${n}`, 'utf8').split('\n');
  console.log(
    n,
    x.length,
    x.filter(l => /"type":"(timing|outcome|fault)"/.test(l)),
    Math.max(...x.flatMap(l => /lateMs":([\d.]+)/.exec(l)?.[1] ?? []).map(Number)),
  );
}
console.log(c.errors());
await c.stop();
process.exit();
