// No main page says anything in the browser's console, breaks its content policy or asks for something that is not
// there. Limit: loads pages, does nothing on them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open, openTopic, signIn } from "./browser.mjs";
import { start } from "./server.mjs";

/** So long a page may still say something after it has loaded. */
const SETTLE_MS = 400;

/** @type {Awaited<ReturnType<typeof start>>} */
let server;
/** @type {Awaited<ReturnType<typeof launch>>} */
let browser;

before(async () => {
  [server, browser] = await Promise.all([start(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Collects what goes wrong on a page. @param {import("playwright-core").Page} page @returns {string[]} */
function complaints(page) {
  /** @type {string[]} */
  const heard = [];
  const note = (/** @type {string} */ text) => heard.push(`${new URL(page.url()).pathname}: ${text}`);
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && note(message.text()));
  page.on("pageerror", (error) => note(error.message));
  page.on("response", (response) => response.status() >= 400 && note(`${response.status()} for ${response.url()}`));
  return heard;
}

/** @param {import("playwright-core").Page} page @param {string[]} paths */
async function visit(page, paths) {
  for (const path of paths) {
    const response = await page.goto(path);
    assert.equal(response?.status(), 200, path);
    await page.waitForTimeout(SETTLE_MS);
  }
}

test("pages are quiet for a guest", async () => {
  const page = await open(browser, server.url);
  const heard = complaints(page);
  const topic = await openTopic(page);
  await visit(page, ["/", "/b/electronics", topic, `${topic}?view=time`, "/chat", "/chat/lobby", "/search?q=radio", "/signin", "/signup", "/u/mara"]);
  assert.deepEqual(heard, []);
});

test("pages are quiet for a moderator", async () => {
  const page = await open(browser, server.url);
  const heard = complaints(page);
  await signIn(page, "kit");
  const topic = await openTopic(page);
  await visit(page, ["/", "/unread", "/new", topic, "/chat/lobby", "/review", "/review/log", "/my/held", "/settings/profile"]);
  await page.locator(".tabs a[href='/review']").click();
  await page.locator("a.qi").first().click();
  await page.locator(".exhibit").waitFor();
  await page.waitForTimeout(SETTLE_MS);
  assert.deepEqual(heard, []);
});
