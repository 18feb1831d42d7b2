// Every page that a link leads to, as guest, member, moderator and admin: it answers, is quiet, keeps to its content
// policy and its width; and one page of each kind has no fault that axe knows, light and dark. Limit: reads only.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { launch, open, signIn } from "./browser.mjs";
import { crawl } from "./crawl.mjs";
import { start } from "./server.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** @type {Awaited<ReturnType<typeof start>>} */
let server;
/** @type {Awaited<ReturnType<typeof launch>>} */
let browser;
/** Addresses by pattern, for each viewer. @type {Map<string, Map<string, string>>} */
const found = new Map();

before(async () => {
  [server, browser] = await Promise.all([start(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** @param {string} name @param {import("playwright-core").BrowserContextOptions} [options] */
async function enter(name, options) {
  const page = await open(browser, server.url, options);
  if (name !== "guest") await signIn(page, name);
  return page;
}

for (const [name, opened] of /** @type {const} */ ([["guest", 2], ["mara", 2], ["kit", 1], ["noor", 1]])) {
  test(`every link leads somewhere for ${name}`, async () => {
    const page = await enter(name);
    const { wrong, seen } = await crawl(page, server.url, opened);
    found.set(name, seen);
    assert.ok(seen.size > 12, `${seen.size} kinds of pages`);
    assert.deepEqual([...new Set(wrong)], []);
    await page.context().close();
  });
}

/** One viewer's addresses that no viewer before had. @returns {[string, string[]][]} */
function plan() {
  const known = new Set();
  return ["noor", "kit", "mara", "guest"].map((name) => {
    const fresh = [...(found.get(name) ?? [])].filter(([shape]) => !known.has(shape));
    for (const [shape] of fresh) known.add(shape);
    return [name, fresh.map(([, path]) => path)];
  });
}

/** Adds the rules to the open page. They run as a script of it, which its content policy would refuse. */
const OWN_SCRIPT = { bypassCSP: true };
const rules = () => readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds on the open page. @param {import("playwright-core").Page} page */
function violations(page) {
  return page.evaluate(async (values) => {
    const axe = /** @type {{ run(of: Document, how: object): Promise<{ violations: { id: string, nodes: { html: string }[] }[] }> }} */ (Reflect.get(globalThis, "axe"));
    const { violations } = await axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id} ${nodes.length}: ${nodes[0]?.html.slice(0, 160)}`);
  }, TAGS);
}

test("axe finds nothing on any kind of page, light and dark", async () => {
  const source = await rules();
  const wrong = [];
  let looks = 0;
  for (const [name, paths] of plan()) {
    const page = await enter(name, OWN_SCRIPT);
    for (const path of [...paths, ...(name === "guest" ? ["/nowhere", "/setup?key=none"] : [])]) {
      await page.goto(path);
      await page.evaluate(source);
      for (const [colorScheme, width] of /** @type {const} */ ([["light", 1280], ["dark", 390]])) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.setViewportSize({ width, height: 900 });
        wrong.push(...(await violations(page)).map((what) => `${name} ${path} ${colorScheme}: ${what}`));
        looks += 1;
      }
    }
    await page.context().close();
  }
  assert.ok(looks > 60, `${looks} looks`);
  assert.deepEqual(wrong, []);
});

test("a phone reaches what a wide screen shows in its header and on hover", async () => {
  const page = await enter("noor", { viewport: { width: 390, height: 844 }, hasTouch: true });
  for (const path of ["/review", "/admin"]) {
    await page.goto("/");
    await page.locator("details.you summary").tap();
    await page.locator(`.you .menu a[href="${path}"]`).tap();
    await page.waitForURL((at) => at.pathname === path);
  }
  await page.goto("/b/electronics");
  await page.locator(".trow h2 a").first().tap();
  await page.locator('article.post a[href$="/flag"]').first().tap();
  await page.waitForURL("**/flag");
  await page.context().close();
});

test("the rules bite", async () => {
  const page = await enter("guest", OWN_SCRIPT);
  await page.goto("/");
  await page.evaluate(await rules());
  await page.evaluate(() => document.querySelector("main")?.append(document.createElement("img")));
  assert.match((await violations(page)).join(), /image-alt/);
});
