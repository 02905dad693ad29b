// Lighthouse on the longest page of every kind of a built site, in one browser.
// node lighthouse.mjs PROGRAM SITE; the program serves the site as an office would.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const LEAST = 95;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
const [program, site] = process.argv.slice(2);
// Readers sit at desks; JIANGTAI_LIGHTHOUSE_PHONE=1 measures as on a slow phone, which
// asks for a machine that does nothing else.
const config = process.env.JIANGTAI_LIGHTHOUSE_PHONE ? undefined : desktopConfig;

function pages(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pages(path);
    return path.endsWith(".html") ? [path] : [];
  });
}

// Pages without a kind only lead on. An error page is not meant to be found.
function longestOfEachKind() {
  const longest = new Map();
  for (const path of pages(site)) {
    const text = readFileSync(path, "utf8");
    const kind = (/<body class="page-([a-z0-9-]+)/.exec(text) || [])[1];
    if (!kind || kind === "404") continue;
    if (!longest.has(kind) || longest.get(kind).size < text.length) {
      longest.set(kind, { kind, size: text.length, path: relative(site, path).replaceAll("\\", "/") });
    }
  }
  const only = (process.env.JIANGTAI_LIGHTHOUSE || "").split(",").filter(Boolean);
  const all = [...longest.values()].sort((one, other) => (one.kind < other.kind ? -1 : 1));
  return only.length ? all.filter((page) => only.includes(page.kind)) : all;
}

function serve() {
  const server = spawn(program, ["serve", "--release", site, "--port", "0"]);
  const address = new Promise((resolve, reject) => {
    let said = "";
    const hear = (bytes) => {
      said += bytes;
      const found = /http:\/\/[0-9.:]+\//.exec(said);
      if (found) resolve(found[0]);
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", hear);
    server.on("exit", (code) => reject(new Error(`the server ended (${code}): ${said}`)));
  });
  return { server, address };
}

// What cost points, for whoever has to mend it.
function lost(report, category) {
  const audits = category.auditRefs.filter((ref) => ref.weight > 0).map((ref) => report.audits[ref.id]);
  const missed = audits.filter((audit) => audit.score !== null && audit.score < 0.9);
  return missed.map((audit) => `${audit.id} ${audit.displayValue || ""}`.trim()).join(", ");
}

const { server, address } = serve();
const chrome = await launch({ chromePath: process.env.CHROME_PATH, chromeFlags: FLAGS });
const failed = [];
try {
  const top = await address;
  for (const page of longestOfEachKind()) {
    const options = { port: chrome.port, output: "json", logLevel: "error", onlyCategories: CATEGORIES, disableFullPageScreenshot: true };
    let best;
    // A busy machine costs performance once, a slow page every time.
    for (let round = 0; round < 3 && !(best?.least >= LEAST); round += 1) {
      const { lhr } = await lighthouse(top + page.path, options, config);
      const scores = CATEGORIES.map((name) => Math.round((lhr.categories[name].score ?? 0) * 100));
      const least = Math.min(...scores);
      if (!best || least > best.least) best = { lhr, scores, least };
    }
    console.log(`${best.scores.join(" ")} ${page.kind} ${page.path}`);
    if (best.least < LEAST) {
      const why = CATEGORIES.map((name) => lost(best.lhr, best.lhr.categories[name])).filter(Boolean);
      failed.push(`${page.path}: ${best.scores.join(" ")} (${why.join(", ")})`);
    }
  }
} finally {
  chrome.kill();
  server.removeAllListeners("exit");
  server.kill();
}
if (failed.length) {
  console.error(`Below ${LEAST} of 100 (${CATEGORIES.join(", ")}):\n${failed.join("\n")}`);
  process.exit(1);
}
