// Asks a site's own search the queries of a file and prints how long each takes to
// compute, in an engine that compiles as a browser's does.
// node ours.mjs PUBLIC QUERIES
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";

const [folder, list] = process.argv.slice(2);
const script = readdirSync(join(folder, "assets")).find(name => /^search-\w+\.js$/.test(name));
runInThisContext(readFileSync(join(folder, "assets", script), "utf8"));
const search = globalThis.jiangtaiSearch;
let told = null;
globalThis.jt = (name, payload) => { told = search.unpack(payload); };
let reading = 0;
const engine = search.open((name, done) => {
  const begun = performance.now();
  let text = null;
  try { text = readFileSync(join(folder, "search", name + ".js"), "utf16le").slice(1); } catch { /* not there */ }
  reading += performance.now() - begun;
  told = null;
  if (text !== null) runInThisContext(text);
  done(told);
});
await engine.start();
const times = [];
for (const query of JSON.parse(readFileSync(list, "utf8"))) {
  reading = 0;
  const begun = performance.now();
  await engine.ask(query, {});
  times.push(performance.now() - begun - reading);
}
times.sort((one, other) => one - other);
const at = share => times[Math.floor((times.length - 1) * share)].toFixed(1);
const mean = times.reduce((all, one) => all + one, 0) / times.length;
console.log(`    ms in node, which compiles: ${mean.toFixed(1)} / ${at(0.9)} (median ${at(0.5)})`);
