// The first admin comes by the link from the console, chooses the sample community and watches it grow: with and without
// JavaScript, and over a crash in the middle. Limit: the set-up page and what follows from it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { start } from "./server.mjs";

/** Filling takes its time in an unoptimised build. */
const FILLED_MS = 120_000;

/** @type {Awaited<ReturnType<typeof launch>>} */
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Makes the admin and arrives on the page that shows progress. @param {import("playwright-core").Page} page @param {import("./server.mjs").Server} server */
async function begin(page, server) {
  const link = /http\S+\/setup\?key=\S+/.exec(server.said())?.[0] ?? "";
  await page.goto(link);
  await page.fill("#name", "ada");
  await page.fill("#password", "seven-brass-thimbles-41");
  await page.check('input[name="fill"][value="sample"]');
  const sent = Date.now();
  await Promise.all([page.waitForURL("**/setup/filling"), page.click('form[action="/setup"] button[type="submit"]')]);
  assert.ok(Date.now() - sent < 5000, "the answer does not wait for the sample community");
  await page.locator("progress").waitFor();
  return link;
}

/** Waits until so many steps are taken. @param {import("playwright-core").Page} page @param {number} steps */
async function reached(page, steps) {
  await page.locator(`progress`).waitFor();
  const far = async () => Number(await page.locator("progress").getAttribute("value", { timeout: 3000 }).catch(() => 0));
  for (const until = Date.now() + FILLED_MS; (await far()) < steps; await page.waitForTimeout(50)) assert.ok(Date.now() < until, "it goes on");
}

/** @param {import("playwright-core").Page} page */
async function complete(page) {
  await page.waitForURL((at) => at.pathname === "/", { timeout: FILLED_MS });
  await page.locator(".trow").first().waitFor();
  await page.locator('a[href="/admin"]').first().waitFor();
}

for (const javaScriptEnabled of [true, false]) {
  test(`the sample community grows before the admin's eyes, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async () => {
    const server = await start({ demo: false });
    try {
      const page = await open(browser, server.url, { javaScriptEnabled });
      const link = await begin(page, server);
      await reached(page, 20);
      await page.reload();
      const tab = await page.context().newPage();
      await tab.goto(link);
      assert.equal(new URL(tab.url()).pathname, "/setup/filling", "a second tab follows");
      await complete(page);
      await complete(tab);
    } finally {
      await server.stop();
    }
  });
}

test("a crash in the middle is said, and filling goes on", async () => {
  const server = await start({ demo: false });
  try {
    const page = await open(browser, server.url);
    await begin(page, server);
    await reached(page, 60);
    await server.kill();
    await server.again();
    assert.match(server.said(), /not complete: filling it was interrupted/);
    await page.goto("/admin");
    await page.locator('.banner a[href="/setup/filling"]').click();
    await complete(page);
    await page.goto("/admin");
    assert.equal(await page.locator('.banner a[href="/setup/filling"]').count(), 0, "nothing is missing any more");
  } finally {
    await server.stop();
  }
});
