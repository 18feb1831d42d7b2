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

test("the warning stands while the text is written, before anything is sent", async () => {
  const page = await open(browser, server.url);
  await signUp(page, "quick.hand");
  await openTopic(page);
  const posts = new Set();
  page.on("request", (request) => request.method() === "POST" && posts.add(new URL(request.url()).pathname));
  await page.fill('#reply textarea[name="body"]', `Thimble in time: ${ADDRESS}, or ${ADDRESS.replace("someone", "somebody")}.`);
  const warning = page.locator("#reply section.warn");
  await warning.waitFor();
  assert.match(await warning.innerText(), /Two things here look personal[\s\S]*email hidden[\s\S]*Mask both and publish/);
  assert.equal(posts.has(new URL(page.url()).pathname.replace(/^(\/t\/\d+).*/, "$1/reply")), false, "nothing was sent");
  await warning.locator("button", { hasText: /^Mask$/ }).first().click();
  await warning.locator("h3", { hasText: "This looks like an email address" }).waitFor();
  assert.match(await page.inputValue('#reply textarea[name="body"]'), /\[email hidden\], or somebody@/);
  const [status] = await Promise.all([answer(page, /\/t\/\d+\/reply$/), warning.locator('button[value="mask"]').click()]);
  assert.equal(status, 303);
  const body = page.locator("article.post", { hasText: "Thimble in time" }).locator(".body");
  await body.waitFor();
  assert.equal(await body.locator(".mask").count(), 2);
  await page.context().close();
});
