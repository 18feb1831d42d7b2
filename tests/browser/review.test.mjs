// A member asks a moderator about a card number; the moderator publishes it masked. Limit: this one way through review.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, launch, open, openTopic, reply, signIn } from "./browser.mjs";
import { start } from "./server.mjs";

const CARD = "4539 1488 0343 6467";
const MARK = "Thimble order by card";

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

test("a held post is published masked", async () => {
  const mara = await open(browser, server.url);
  await signIn(mara, "mara");
  const topic = await openTopic(mara);
  assert.equal(await reply(mara, `${MARK}: ${CARD}, is that all right?`), 422);
  await mara.click('section.warn button[name="choice"][value="ask"]');
  await mara.waitForURL("**/my/held*");
  assert.match(await mara.locator("ol.mine > li").first().innerText(), /waiting/i);

  const guest = await open(browser, server.url);
  await guest.goto(`${topic}?view=time`);
  assert.equal((await guest.content()).includes(MARK), false, "nothing of it is public yet");

  const kit = await open(browser, server.url);
  await signIn(kit, "kit");
  await kit.goto("/review?show=held");
  await kit.locator("a.qi", { hasText: MARK }).click();
  await kit.locator(".exhibit", { hasText: MARK }).waitFor();
  assert.equal((await kit.content()).includes(CARD), false, "the number is covered for the moderator too");
  const [status] = await Promise.all([answer(kit, /\/review\/\d+\/decide$/), kit.click('button[name="decision"][value="publish_masked"]')]);
  assert.equal(status, 303);

  await mara.goto("/my/held");
  const row = mara.locator("ol.mine > li").first();
  assert.match(await row.innerText(), /published/i);
  const url = await row.locator("h2 a").getAttribute("href");
  await guest.goto(url ?? topic);
  await guest.locator("article.post", { hasText: MARK }).locator(".body .mask").waitFor();
  assert.equal((await guest.content()).includes(CARD), false, "the number is nowhere");
});
