// A member flags a post; a moderator removes it or dismisses the flag; author and flagger see what came of it: with and
// without JavaScript. Limit: flags only.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, launch, open, openTopic, reply, signIn } from "./browser.mjs";
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

/** Flags the post with a mark in its text. @param {import("playwright-core").Page} page @param {string} topic @param {string} mark */
async function flag(page, topic, mark) {
  await page.goto(`${topic}?view=time`);
  const post = page.locator("article.post", { hasText: mark });
  await post.hover();
  await post.locator('a[href$="/flag"]').click();
  await page.locator(".exhibit", { hasText: mark }).waitFor();
  await page.check('input[name="reason"][value="unkind"]');
  await page.fill("#note", `Note about ${mark}`);
  const [status] = await Promise.all([answer(page, /\/p\/\d+\/flag$/), page.click('form[action$="/flag"] button[type="submit"]')]);
  assert.equal(status, 303);
  await page.locator('.banner[role="status"]', { hasText: "Your reports" }).waitFor();
  await page.goto(`${topic}?view=time`);
  assert.equal(await post.count(), 1, "nothing is hidden before a moderator has looked");
}

/** Decides about the flagged post with a mark. @param {import("playwright-core").Page} page @param {string} mark @param {string} decision */
async function decide(page, mark, decision) {
  await page.goto("/review?show=flags");
  await page.locator("a.qi", { hasText: mark }).click();
  await page.locator(".exhibit", { hasText: mark }).waitFor();
  assert.match(await page.locator(".flags").innerText(), new RegExp(`Unkind[\\s\\S]*Note about ${mark}`));
  if (decision === "remove") {
    await page.selectOption("#reason", "unkind");
    await page.fill("textarea#note", "Please keep it friendly.");
  }
  const [status] = await Promise.all([answer(page, /\/review\/\d+\/decide$/), page.click(`button[name="decision"][value="${decision}"]`)]);
  assert.equal(status, 303);
  await page.locator('.note[role="status"], .banner[role="status"]').first().waitFor();
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  test(`a flag leads to removal or is dismissed, ${how} JavaScript`, async () => {
    const person = async (/** @type {string} */ name) => {
      const page = await open(browser, server.url, { javaScriptEnabled });
      await signIn(page, name);
      return page;
    };
    const [mara, jonas, kit] = [await person("mara"), await person("jonas"), await person("kit")];
    const [gone, kept] = [`Thimble rant ${how} a script`, `Thimble praise ${how} a script`];
    const topic = await openTopic(mara);
    assert.equal(await reply(mara, `${gone}: you all sew like walruses.`), 303);
    await mara.goto(topic);
    assert.equal(await reply(mara, `${kept}: you all sew like poets.`), 303);

    await flag(jonas, topic, gone);
    await flag(jonas, topic, kept);
    await jonas.goto("/my/reports");
    assert.match(await jonas.locator("ol.mine > li").first().innerText(), /waiting[\s\S]*not decided yet/i);
    await decide(kit, gone, "remove");
    await decide(kit, kept, "dismiss");

    await jonas.goto("/my/reports");
    const rows = await jonas.locator("ol.mine > li").allInnerTexts();
    assert.match(rows[0] ?? "", /decided[\s\S]*left it as it is/i);
    assert.match(rows[1] ?? "", /decided[\s\S]*A moderator removed it/i);
    await mara.goto("/my/held");
    const told = mara.locator("ol.mine > li", { hasText: gone });
    assert.match(await told.innerText(), /removed[\s\S]*Kit Alvarez removed[\s\S]*unkind[\s\S]*reported[\s\S]*keep it friendly/i);
    assert.equal(/jonas/i.test(await mara.locator("main").innerText()), false, "the author does not learn who reported it");
    assert.equal(await mara.locator("ol.mine > li", { hasText: kept }).count(), 0, "nor of a flag that was dismissed");
    await told.locator("h2 a").click();
    await mara.locator(".tomb", { hasText: "removed by" }).first().waitFor();

    const guest = await open(browser, server.url, { javaScriptEnabled });
    await guest.goto(`${topic}?view=time`);
    assert.equal((await guest.content()).includes(gone), false, "what was removed is gone");
    assert.equal(await guest.locator("article.post", { hasText: kept }).count(), 1, "what was not stays");
    for (const page of [mara, jonas, kit, guest]) await page.context().close();
  });
}
