// Asks Pagefind the queries of a file, with the files of a folder in the place of a
// server, and prints what each query loads and how long it takes.
// node pagefind.mjs FOLDER QUERIES
import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, list] = process.argv.slice(2);
const queries = JSON.parse(await readFile(list, "utf8"));
const FIRST = 25, SHOWN = 10;
let loaded = [];

globalThis.document = { querySelector: () => ({ getAttribute: () => "zh-Hans" }), currentScript: null };
globalThis.window = { location: { origin: "http://site", href: "http://site/" }, document: globalThis.document };
globalThis.location = globalThis.window.location;
globalThis.fetch = async address => {
  const name = String(address.url || address).replace(/^https?:\/\/[^/]*/, "").replace(/^\//, "").replace(/\?.*$/, "");
  const bytes = await readFile(join(folder, name));
  loaded.push([name, bytes.length]);
  return new Response(bytes, { headers: { "Content-Type": name.includes("wasm") ? "application/wasm" : "application/octet-stream" } });
};

const script = (await readFile(join(folder, "pagefind.js"))).length;
// As a module it needs the ending of one here.
const copy = join(folder, "pagefind.mjs");
await copyFile(join(folder, "pagefind.js"), copy);
let turn = 0;
const open = async () => {
  const engine = await import(pathToFileURL(copy) + "?" + turn++);
  await engine.options({ basePath: "http://site/", baseUrl: "/", noWorker: true });
  await engine.init("zh-Hans");
  return engine;
};
const ask = async (engine, query) => {
  const begun = performance.now();
  const found = await engine.search(query);
  const time = performance.now() - begun;
  await Promise.all(found.results.slice(0, SHOWN).map(result => result.data()));
  const texts = loaded.filter(([name]) => name.startsWith("fragment/"));
  const cost = { time, bytes: sum(loaded), requests: loaded.length, index: sum(loaded) - sum(texts) };
  loaded = [];
  return cost;
};
const sum = files => files.reduce((all, [, size]) => all + size, 0);
const tell = (name, figures) => {
  figures.sort((one, other) => one - other);
  const at = share => figures[Math.floor((figures.length - 1) * share)];
  const mean = figures.reduce((all, one) => all + one, 0) / figures.length;
  console.log(`    ${name}: ${mean.toFixed(1)} / ${at(0.9).toFixed(1)} (median ${at(0.5).toFixed(1)})`);
};
const tellAll = (what, costs) => {
  console.log(`  Pagefind, ${what} (${costs.length} of them), mean / 90 %:`);
  tell("KB with the first ten results", costs.map(cost => cost.bytes / 1000));
  tell("requests", costs.map(cost => cost.requests));
  tell("KB of index", costs.map(cost => cost.index / 1000));
  tell("ms in node, which compiles", costs.map(cost => cost.time));
};

const step = Math.max(1, Math.floor(queries.length / FIRST));
const first = [];
for (const query of queries.filter((none, at) => at % step === 0)) {
  loaded = [];
  const cost = await ask(await open(), query);
  first.push({ ...cost, bytes: cost.bytes + script, requests: cost.requests + 1 });
}
tellAll("first query, script included", first);
const engine = await open();
loaded = [];
const further = [];
for (const query of queries) further.push(await ask(engine, query));
tellAll("further query", further);
