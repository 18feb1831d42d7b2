// The detector that the server hands to browsers, in a worker of a real one, finds what the native one finds: the same
// bytes, kinds and levels on every case of tests/pii. Limit: whether what it finds is right is scored elsewhere. Of the
// held-back cases only counts are told.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { start } from "./server.mjs";

const ROOT = new URL("../../", import.meta.url);
const LEVELS = ["possible", "likely", "certain"];
/** So many texts go to the worker at once. */
const BATCH = 2000;

/** @typedef {{ id: string, text: string }} Case */

/** @type {Awaited<ReturnType<typeof start>>} */
let server;
/** @type {Awaited<ReturnType<typeof launch>>} */
let browser;
/** @type {import("playwright-core").Page} */
let page;

before(async () => {
  [server, browser] = await Promise.all([start({ demo: false }), launch()]);
  page = await open(browser, server.url);
  await page.goto("/signin");
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Where the page's modules are. */
function assets() {
  return page.evaluate(() => `/a/${document.body.dataset["build"]}/`);
}

/**
 * What `tact scan` answers, one set of `start end kind` for each line.
 * @param {string} lines
 * @param {string} level
 * @returns {Promise<Set<string>[]>}
 */
async function scanned(lines, level) {
  const child = spawn(process.env["TACT_BIN"] ?? "", ["scan", "--all", "--level", level], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(lines);
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (part) => (out += part));
  const code = await new Promise((resolve) => child.once("close", resolve));
  assert.equal(code, 0, "tact scan read every line");
  const answers = out.trimEnd().split("\n").map((line) => JSON.parse(line));
  return answers.map(({ spans }) => new Set(spans.map((/** @type {{ start: number, end: number, kind: string }} */ { start, end, kind }) => `${start} ${end} ${kind}`)));
}

/**
 * The native findings, as `start end kind level`.
 * @param {Case[]} cases
 * @returns {Promise<string[]>}
 */
async function native(cases) {
  const lines = cases.map(({ id, text }) => `${JSON.stringify({ id, text })}\n`).join("");
  const [all = [], ...higher] = await Promise.all(LEVELS.map((level) => scanned(lines, level)));
  return all.map((spans, at) => {
    const level = (/** @type {string} */ span) => LEVELS[higher.filter((sets) => sets[at]?.has(span)).length];
    return [...spans].map((span) => `${span} ${level(span)}`).join(", ");
  });
}

/**
 * The same from the page's worker.
 * @param {Case[]} cases
 * @returns {Promise<string[]>}
 */
async function inBrowser(cases) {
  const module = `${await assets()}js/trusted.js`;
  /** @type {string[]} */
  const out = [];
  for (let from = 0; from < cases.length; from += BATCH) {
    const texts = cases.slice(from, from + BATCH).map(({ text }) => text);
    const found = await page.evaluate(scanAll, { module, texts });
    out.push(...found.map((findings, at) => findings.map(({ start, end, rule, level }) => `${bytes(texts[at] ?? "", start)} ${bytes(texts[at] ?? "", end)} ${rule} ${level}`).join(", ")));
  }
  return out;
}

/** @param {string} text @param {number} units  UTF-16 code units from its start */
function bytes(text, units) {
  return Buffer.byteLength(text.slice(0, units));
}

/**
 * Runs in the page.
 * @param {{ module: string, texts: string[] }} wish
 * @returns {Promise<import("../../frontend/js/pii.js").Finding[][]>}
 */
async function scanAll({ module, texts }) {
  const { detector } = await import(module);
  const worker = /** @type {Worker} */ (detector());
  const answers = new Promise((resolve, reject) => {
    /** @type {unknown[]} */
    const found = [];
    worker.addEventListener("error", () => reject(new Error("the worker does not run")));
    worker.addEventListener("message", ({ data }) => {
      if (data.error) reject(new Error(data.error));
      found[data.id] = data.findings;
      if (data.id === texts.length - 1) resolve(found);
    });
  });
  texts.forEach((text, id) => worker.postMessage({ id, text }));
  return answers.finally(() => worker.terminate());
}

test("the browser gets the committed module", async () => {
  const served = await fetch(`${server.url}${await assets()}vendor/pii/pii.wasm`);
  assert.equal(served.status, 200);
  const committed = await readFile(new URL("frontend/vendor/pii/pii.wasm", ROOT));
  assert.ok(Buffer.from(await served.arrayBuffer()).equals(committed), "byte for byte");
});

for (const [name, least] of /** @type {const} */ ([["open", 10_000], ["held", 5_000], ["corpus", 300]])) {
  test(`it finds the same as the native one in every case of ${name}.jsonl`, async () => {
    const lines = (await readFile(new URL(`tests/pii/${name}.jsonl`, ROOT), "utf8")).trimEnd().split("\n");
    const cases = lines.map((line) => /** @type {Case} */ (JSON.parse(line)));
    assert.ok(cases.length >= least, `${cases.length} cases`);
    const [expected, found] = await Promise.all([native(cases), inBrowser(cases)]);
    assert.equal(expected.length, cases.length, "an answer for each");
    assert.ok(expected.filter(Boolean).length > cases.length / 4, "much is found");
    const other = cases.flatMap(({ id }, at) => (expected[at] === found[at] ? [] : [{ id, native: expected[at], browser: found[at] }]));
    assert.equal(other.length, 0, `${other.length} of ${cases.length} differ${name === "held" ? "" : `: ${JSON.stringify(other.slice(0, 5))}`}`);
  });
}
