// A new member signs up, answers a topic with an email address in the text, is warned and masks it: with and without
// JavaScript. Limit: posting only.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ADDRESS, answer, launch, open, openTopic, reply, signUp } from "./browser.mjs";
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

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  test(`a reply with an email address is masked ${how} JavaScript`, async () => {
    const page = await open(browser, server.url, { javaScriptEnabled });
    await signUp(page, javaScriptEnabled ? "new.hand" : "plain.hand");
    await openTopic(page);
    const mark = `Thimble ${how} a script`;
    assert.equal(await reply(page, `${mark}: write to ${ADDRESS}, please.`), 422);
    const warning = page.locator("section.warn");
    await warning.waitFor();
    assert.match(await warning.innerText(), /public and searchable/);
    const [status] = await Promise.all([answer(page, /\/t\/\d+\/reply$/), warning.locator('button[name="choice"][value="mask"]').click()]);
    assert.equal(status, 303);
    const post = page.locator("article.post", { hasText: mark });
    await post.locator(".body .mask").waitFor();
    assert.equal((await page.content()).includes(ADDRESS), false, "the address is nowhere on the page");
    const guest = await open(browser, server.url, { javaScriptEnabled });
    await guest.goto(page.url());
    await guest.locator("article.post", { hasText: mark }).locator(".body .mask").waitFor();
    assert.equal((await guest.content()).includes(ADDRESS), false, "nor on a guest's");
    await guest.context().close();
    await page.context().close();
  });
}
