// Two members in one room: what one sends the other sees at once, and after a lost connection without loss or doubles.
// Limit: the room's stream only.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enterRoom, launch, open, send, signIn } from "./browser.mjs";
import { start } from "./server.mjs";

/** So long a message may take; none may arrive within it while the connection is lost. */
const QUIET_MS = 1500;

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

/** @param {import("playwright-core").Page} page @param {string} text */
function lines(page, text) {
  return page.locator("li.m .mb", { hasText: text });
}

test("a message appears at once, and what was missed offline appears once", async () => {
  const mara = await open(browser, server.url);
  const kit = await open(browser, server.url);
  await signIn(mara, "mara");
  await signIn(kit, "kit");
  await enterRoom(mara, "lobby");
  await enterRoom(kit, "lobby");

  await send(mara, "Kettle is on, first");
  await lines(kit, "Kettle is on, first").waitFor();

  await kit.context().setOffline(true);
  const missed = ["Biscuit one of three", "Biscuit two of three", "Biscuit three of three"];
  for (const text of missed) {
    await send(mara, text);
    await mara.locator("li.m[data-entry] .mb", { hasText: text }).waitFor();
  }
  await kit.waitForTimeout(QUIET_MS);
  for (const text of missed) assert.equal(await lines(kit, text).count(), 0, `${text}: not while the connection is lost`);
  await kit.context().setOffline(false);
  await send(mara, "Kettle is on, last");
  await lines(kit, "Kettle is on, last").waitFor({ timeout: 45_000 });
  for (const text of ["Kettle is on, first", ...missed, "Kettle is on, last"]) {
    assert.equal(await lines(kit, text).count(), 1, `${text}: once for the reader`);
    assert.equal(await lines(mara, text).count(), 1, `${text}: once for the writer`);
  }
  const numbers = await kit.locator("li.m[data-seq]").evaluateAll((all) => all.map((one) => Number(one.getAttribute("data-seq"))));
  assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b), "in order");
  assert.equal(new Set(numbers).size, numbers.length, "without doubles");
});
