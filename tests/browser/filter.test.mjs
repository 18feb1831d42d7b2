// An administrator sets what the filter does and tries a text: the setting holds for the next post, and the text that was
// tried is stored nowhere. Limit: the policy's own rules are tested where they are.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ADDRESS, answer, launch, open, openTopic, reply, signIn } from "./browser.mjs";
import { start } from "./server.mjs";

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

/** @param {string} name */
async function enter(name) {
  const page = await open(browser, server.url);
  await signIn(page, name);
  return page;
}

/** Saves the settings of the site with some changed. @param {import("playwright-core").Page} page @param {() => Promise<unknown>} change */
async function settings(page, change) {
  await page.goto("/admin/filter");
  await change();
  const [status] = await Promise.all([answer(page, /\/admin\/filter$/), page.getByRole("button", { name: "Save settings" }).click()]);
  assert.equal(status, 303);
}

test("an email address is held on every board once the site says so", async () => {
  const noor = await enter("noor");
  const mara = await enter("mara");
  await openTopic(mara);
  assert.equal(await reply(mara, `Before the change: ${ADDRESS}`), 422);
  assert.equal(await mara.locator('section.warn button[value="anyway"]').count(), 1, "a warning may be passed over");

  await settings(noor, async () => {
    await noor.selectOption("#policy_email", "hold");
    await noor.locator(".polr", { has: noor.locator("#policy_email") }).locator("summary").click();
    await noor.check('input[name="floor_email"]');
  });
  await noor.goto("/admin/filter");
  assert.equal(await noor.inputValue("#policy_email"), "hold");
  assert.equal(await noor.isChecked('input[name="floor_email"]'), true);

  await openTopic(mara);
  assert.equal(await reply(mara, `After the change: ${ADDRESS}`), 422);
  assert.equal(await mara.locator('section.warn button[value="anyway"]').count(), 0, "no way around a moderator");
  await mara.click('section.warn button[name="choice"][value="ask"]');
  await mara.waitForURL("**/my/held*");
  assert.match(await mara.locator("ol.mine > li").first().innerText(), /waiting/i);
});

test("the browser speaks of what the place asks about, and of nothing else", async () => {
  const noor = await enter("noor");
  const mara = await enter("mara");
  const field = '#reply textarea[name="body"]';
  const number = "Call me: +1 (415) 823-4471";
  await openTopic(mara);
  await mara.fill(field, `${number}, or 4539 1488 0343 6467`);
  await mara.locator("#reply .warn li").waitFor();
  assert.match(await mara.locator("#reply .warn").innerText(), /card/i);
  assert.equal(await mara.locator("#reply .warn li").count(), 1, "telephone numbers are left alone unless somebody asks");

  await settings(noor, () => noor.selectOption("#policy_phone", "warn"));
  await mara.reload();
  await mara.fill(field, number);
  await mara.locator("#reply .warn", { hasText: /phone number/i }).waitFor();
});

test("the test box finds, repeats no value outside its field, and stores nothing", async () => {
  const noor = await enter("noor");
  await noor.goto("/admin/filter");
  const before = await noor.locator("#num-h").locator("xpath=..").innerText();
  const canary = "kettle.canary@fenmail.example";
  await noor.fill("#text", `Bank: DE89 3704 0044 0532 0130 00, ${canary}, password: Kq7-vornit-Zz42`);
  const [status] = await Promise.all([answer(noor, /\/admin\/filter\/test$/), noor.getByRole("button", { name: "Look for private data" }).click()]);
  assert.equal(status, 200);
  const found = noor.locator("#try [role=status]");
  assert.match(await found.innerText(), /IBAN|bank/i);
  assert.match(await found.innerText(), /email address/i);
  assert.match(await found.innerText(), /password/i);
  for (const value of [canary, "DE89 3704 0044 0532 0130 00", "Kq7-vornit-Zz42"]) assert.equal((await found.innerText()).includes(value), false);
  assert.equal(new URL(noor.url()).search.includes("kettle"), false);

  await noor.goto("/admin/filter");
  assert.equal(await noor.inputValue("#text"), "", "it is gone with the page");
  assert.equal(await noor.locator("#num-h").locator("xpath=..").innerText(), before, "and counted nowhere");
  for (const path of ["/my/held", "/review", "/review/log"]) {
    await noor.goto(path);
    assert.equal((await noor.content()).includes("canary"), false, path);
  }
  assert.equal(server.said().includes("canary"), false, "nor does the log know it");
});
