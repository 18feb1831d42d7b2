// Hostile texts through every field, shown in a real browser: no script runs, nothing is asked of another origin, the
// content policy is never needed, the page keeps its shape and its neighbours their places. Limit: what is shown.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open, openTopic, send, signIn, signUp } from "./browser.mjs";
import { complaints, sideways } from "./crawl.mjs";
import { start } from "./server.mjs";
import { names, scripts, shapes } from "./vectors.mjs";

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };

/** @type {Awaited<ReturnType<typeof start>>} */
let server;
/** @type {Awaited<ReturnType<typeof launch>>} */
let browser;
/** Everything that went wrong on any page that was only read. @type {string[]} */
const wrong = [];

before(async () => {
  [server, browser] = await Promise.all([start(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Somebody who reads. @param {string} name @param {import("playwright-core").BrowserContextOptions} [options] */
async function reader(name, options) {
  const page = await open(browser, server.url, { viewport: PHONE, ...options });
  const heard = complaints(page, server.url);
  page.on("dialog", (dialog) => {
    wrong.push(`${page.url()}: dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  if (name !== "guest") await signIn(page, name);
  return { page, heard };
}

/** Sends a form of this site as a person of the page. @param {import("playwright-core").Page} page @param {string} path @param {Record<string, string>} fields */
async function post(page, path, fields) {
  const csrf = (await page.locator('meta[name="csrf"]').getAttribute("content")) ?? "";
  const answer = await page.request.post(path, { form: { csrf, ...fields }, headers: { Origin: server.url }, maxRedirects: 0 });
  assert.ok([303, 413, 422].includes(answer.status()), `${path}: ${answer.status()} for ${Object.values(fields).join(" ").slice(0, 80)}`);
  return { taken: answer.status() === 303, to: answer.headers()["location"] ?? "", text: answer.status() === 303 ? "" : await answer.text() };
}

let count = 0;
const nonce = () => `hostile-${(count += 1)}`;

/** What is wrong with the open page, besides what it said itself. @param {import("playwright-core").Page} page */
async function look(page) {
  const at = page.url().replace(server.url, "");
  const found = await page.evaluate(() => {
    const out = [];
    if (Reflect.get(window, "canary") !== undefined) out.push("a script ran");
    for (const one of document.querySelectorAll("*")) {
      const handler = one.getAttributeNames().find((name) => name.startsWith("on") || name === "style" || name === "srcdoc");
      if (handler) out.push(`<${one.localName} ${handler}>`);
      for (const name of ["href", "src", "action", "formaction", "xlink:href", "data", "poster"]) {
        const target = one.getAttribute(name);
        if (target && /^\s*(java|vb|data)/i.test(target)) out.push(`<${one.localName} ${name}="${target.slice(0, 40)}">`);
      }
    }
    const odd = "main :is(iframe, object, embed, style, link, meta, base, script, math, video, audio, img), .body :is(svg, form, input, button, template)";
    for (const one of document.querySelectorAll(odd)) out.push(`<${one.localName}> in a text`);
    for (const script of document.scripts) if (!script.src.startsWith(`${location.origin}/a/`)) out.push("a script of its own");
    if (document.querySelectorAll("main").length !== 1) out.push("not one main part");
    // A room and a review item fill a narrow screen: there a link back stands for header and dock.
    let ways = 0;
    for (const selector of ["header.top .brand", ".auth .brand", "nav.dock a", "header.top nav.tabs a", ".rh a", ".cbar a"]) {
      const one = document.querySelector(selector);
      if (!(one instanceof HTMLElement) || !one.checkVisibility()) continue;
      ways += 1;
      const { x, y, width, height } = one.getBoundingClientRect();
      if (!one.contains(document.elementFromPoint(x + width / 2, y + height / 2))) out.push(`${selector} is covered`);
    }
    if (ways === 0) out.push("no way out shows");
    return out;
  });
  found.push(await page.evaluate(sideways));
  wrong.push(...found.filter(Boolean).map((what) => `${at}: ${what}`));
}

/** Opens pages as somebody at both widths. @param {string} name @param {string[]} paths */
async function visit(name, paths) {
  const { page, heard } = await reader(name);
  for (const path of paths) {
    for (const size of [PHONE, DESK]) {
      await page.setViewportSize(size);
      if (size === PHONE) await page.goto(path);
      await look(page);
    }
  }
  wrong.push(...heard.filter((what) => !/422/.test(what)));
  await page.context().close();
}

function nothingWrong() {
  assert.deepEqual([...new Set(wrong.splice(0))], []);
}

test("posts and titles", async () => {
  const { page } = await reader("mara");
  const topic = await openTopic(page);
  const id = topic.split("/")[2];
  let taken = 0;
  for (const body of [...scripts, ...shapes]) taken += Number((await post(page, `/t/${id}/reply`, { nonce: nonce(), body })).taken);
  assert.ok(taken > 50, `${taken} texts were published`);
  const board = await page.request.get("/api/v1/boards").then(async (answer) => (await answer.json()).find((/** @type {{ slug: string }} */ one) => one.slug === "wood").id);
  const fresh = [];
  for (const text of [...scripts, ...shapes, ...names]) {
    const made = await post(page, "/new", { nonce: nonce(), board: String(board), title: text.replaceAll("\n", " ").slice(0, 150), body: text.slice(0, 2000) });
    if (made.taken) fresh.push(new URL(made.to, server.url).pathname);
  }
  assert.ok(fresh.length > 40, `${fresh.length} topics were started`);
  await page.context().close();
  await visit("guest", [topic, `${topic}?view=time`, `${topic}?view=time&page=2`, `${topic}?view=time&page=3`, "/", "/b/wood", ...fresh.slice(0, 12)]);
  await visit("noor", [`${topic}?view=time&page=2`, "/", "/unread", ...fresh.slice(-8)]);
  nothingWrong();
});

test("a long chain of answers stays readable", async () => {
  const { page } = await reader("mara");
  const topic = await openTopic(page, "textiles");
  const id = topic.split("/")[2];
  let parent = "";
  for (let depth = 0; depth < 40; depth += 1) {
    const made = await post(page, parent ? `/p/${parent}/reply` : `/t/${id}/reply`, { nonce: nonce(), body: `Link ${depth} of a chain.` });
    assert.ok(made.taken);
    const shown = await page.request.get(made.to);
    parent = /data-entry="(\d+)"[^>]*>(?:(?!data-entry)[\s\S])*Link (?:\d+) of a chain/.exec((await shown.text()).split(`Link ${depth} of a chain`)[0]?.split("<article").pop() + `Link ${depth} of a chain`)?.[1] ?? "";
    assert.ok(parent, `answer ${depth} is on its page`);
  }
  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size);
    await page.goto(`${topic}?view=tree`);
    await look(page);
    const narrow = await page.locator(".tree .post .body").evaluateAll((all) => Math.min(...all.map((one) => one.getBoundingClientRect().width)));
    assert.ok(narrow > 200, `the innermost text has ${narrow} px at ${size.width}`);
  }
  await page.context().close();
  nothingWrong();
});

test("chat, live and loaded", async () => {
  const { page: mara } = await reader("mara");
  const live = await reader("kit");
  for (const page of [mara, live.page]) await page.goto("/chat/lobby");
  let taken = 0;
  for (const body of [...scripts, ...shapes]) taken += Number((await post(mara, "/chat/lobby", { nonce: nonce(), body })).taken);
  assert.ok(taken > 40, `${taken} messages were sent`);
  await mara.goto("/chat/lobby");
  await send(mara, "The last one of them");
  await live.page.locator("li.m .mb", { hasText: "The last one of them" }).waitFor();
  await look(live.page);
  wrong.push(...live.heard);
  await visit("guest", ["/chat", "/chat/lobby", "/search?q=canary", "/search?q=level"]);
  await visit("kit", ["/chat/lobby"]);
  nothingWrong();
});

test("rooms and boards", async () => {
  const { page } = await reader("noor");
  const places = [];
  for (const text of [...scripts, ...shapes, ...names]) {
    const line = text.replaceAll("\n", " ");
    const room = await post(page, "/chat/new", { title: line.slice(0, 60), topic: line.slice(0, 200), access: "open" });
    if (room.taken) places.push(room.to);
  }
  const [section] = await page.goto("/admin/boards/new").then(() => page.locator("#section option").evaluateAll((all) => all.map((one) => one.getAttribute("value") ?? "")));
  const rooms = places.length;
  for (const [at, text] of [...scripts, ...shapes, ...names].entries()) {
    const line = text.replaceAll("\n", " ");
    const fields = { title: line.slice(0, 60), slug: `hostile-${at}`, description: line.slice(0, 200), section: section ?? "", colour: "3", readers: "public", writers: "members", position: "" };
    if ((await post(page, "/admin/boards", fields)).taken) places.push(`/b/hostile-${at}`);
  }
  assert.ok(rooms > 30 && places.length > rooms + 30, `${rooms} rooms, ${places.length} places`);
  const some = places.filter((_, at) => at % 7 === 0);
  await visit("guest", ["/", "/chat", ...some]);
  await visit("noor", ["/admin", "/admin/boards", "/admin/rooms", "/new", ...some.slice(0, 4)]);
  nothingWrong();
});

test("profiles", async () => {
  const page = await open(browser, server.url);
  await signUp(page, "hostile.hand");
  await page.goto("/settings/profile");
  const { page: guest, heard } = await reader("guest");
  let taken = 0;
  for (const text of [...scripts, ...shapes, ...names]) {
    const done = await post(page, "/settings/profile", { nonce: nonce(), display: text.replaceAll("\n", " ").slice(0, 40), bio: text.slice(0, 500) });
    if (!done.taken) continue;
    taken += 1;
    await guest.goto("/u/hostile.hand");
    await look(guest);
  }
  assert.ok(taken > 30, `${taken} profiles were saved`);
  for (const invisible of ["\u200b\u200b", "\u00a0", "\u2066\u2069"]) {
    const refused = await post(page, "/settings/profile", { nonce: nonce(), display: invisible, bio: "" });
    assert.ok(!refused.taken && refused.text.includes("display-e"), "a name that nobody can see is refused");
  }
  wrong.push(...heard);
  nothingWrong();
});

test("search, sign-in, addresses and previews", async () => {
  const { page, heard } = await reader("guest");
  for (const text of [...scripts, ...shapes.filter((text) => text.length < 2000)]) {
    await page.goto(`/search?q=${encodeURIComponent(text)}`);
    await look(page);
  }
  for (const text of scripts.slice(0, 12)) {
    await page.goto(`/b/${encodeURIComponent(text)}`);
    await look(page);
    await page.goto(`/signin?next=${encodeURIComponent(text)}`);
    await page.fill("#name", text.slice(0, 60));
    await page.fill("#password", "wrong-on-purpose-1");
    await page.click('form[action="/signin"] button[type="submit"]');
    await look(page);
  }
  wrong.push(...heard.filter((what) => !/40[0-9]|42[29]/.test(what)));
  const writer = await reader("mara");
  const topic = await openTopic(writer.page);
  for (const text of [...scripts, ...shapes.slice(0, 14)]) {
    await writer.page.fill('#reply textarea[name="body"]', text);
    const answered = writer.page.waitForResponse((got) => got.url().endsWith("/api/v1/preview"));
    await writer.page.click('#reply button[value="preview"]');
    if ((await answered).ok()) {
      await writer.page.locator('[data-slot="preview"] > .body').waitFor();
      await look(writer.page);
      assert.equal(new URL(writer.page.url()).pathname, topic, "the preview stays on the page");
    } else {
      // What cannot be published is said by the page that answers without a script.
      await writer.page.locator("tact-composer .err").waitFor();
      await look(writer.page);
      await writer.page.goto(topic);
    }
  }
  wrong.push(...writer.heard.filter((what) => !/42[29]/.test(what)));
  nothingWrong();
});

test("notes of flags and moderators", async () => {
  const { page: mara } = await reader("mara");
  const topic = await openTopic(mara, "mechanical");
  const id = topic.split("/")[2];
  const { page: jonas } = await reader("jonas");
  const { page: kit } = await reader("kit");
  const texts = [...scripts.filter((_, at) => at % 4 === 0), ...shapes.map((text) => text.slice(0, 1000)).filter((_, at) => at % 3 === 0)];
  const cases = [];
  for (const text of texts) {
    const made = await post(mara, `/t/${id}/reply`, { nonce: nonce(), body: `To be flagged: ${text}` });
    if (!made.taken) continue;
    await mara.goto(made.to);
    const entry = await mara.locator("article.post[data-entry]").last().getAttribute("data-entry");
    assert.ok((await post(jonas, `/p/${entry}/flag`, { reason: "spam", note: text })).taken);
    await kit.goto("/review?show=flags");
    await kit.locator("a.qi").last().click();
    await kit.locator(".flags").waitFor();
    await look(kit);
    const path = new URL(kit.url()).pathname;
    await post(kit, `${path}/decide`, { version: "1", decision: "remove", reason: "spam", note: text, show: "flags" });
    cases.push(path);
  }
  assert.ok(cases.length > 12, `${cases.length} cases`);
  await visit("kit", ["/review", "/review?show=done", "/review/log", ...cases.slice(-6)]);
  await visit("mara", ["/my/held"]);
  await visit("jonas", ["/my/reports"]);
  nothingWrong();
});

test("the look bites", async () => {
  const { page } = await reader("guest");
  await page.goto("/");
  await page.evaluate(() => {
    Reflect.set(window, "canary", 1);
    document.querySelector("main")?.append(document.createElement("iframe"));
    document.querySelector("h1")?.setAttribute("style", "color: red");
    const wide = document.createElement("pre");
    wide.textContent = "W".repeat(300);
    document.querySelector("main")?.append(wide);
  });
  await look(page);
  const found = wrong.splice(0).join("; ");
  for (const what of [/a script ran/, /<iframe> in a text/, /<h1 style>/, /scrolls sideways/]) assert.match(found, what);
});

test("names that are written from right to left do not move their neighbours", async () => {
  const { page: mara } = await reader("mara");
  const topic = await openTopic(mara);
  const id = topic.split("/")[2];
  await mara.goto("/settings/profile");
  let shown = 0;
  for (const name of ["محمد العربي", "שלום 123 (abc)", "\u202enimda"]) {
    const saved = await post(mara, "/settings/profile", { nonce: nonce(), display: name, bio: "" });
    if (!saved.taken) continue;
    shown += 1;
    const body = `Signed ${nonce()}`;
    await post(mara, `/t/${id}/reply`, { nonce: nonce(), body });
    await post(mara, "/chat/lobby", { nonce: nonce(), body });
    const { page } = await reader("guest", { viewport: DESK });
    await page.goto(`${topic}?view=time&page=99`);
    const post1 = page.locator("article.post", { hasText: body });
    if (!(await post1.count())) await page.goto(`${topic}?view=time`);
    await inOrder(page.locator("article.post").last(), [".ph .pn", ".ph .pt", ".ph .pnum"]);
    await page.goto("/chat/lobby");
    await inOrder(page.locator("li.m:has(.mh)").last(), [".mh .pn", ".mh .pt"]);
    await page.context().close();
  }
  assert.ok(shown >= 2, `${shown} names were taken`);
  nothingWrong();
});

/** Parts stand from left to right. @param {import("playwright-core").Locator} root @param {string[]} selectors */
async function inOrder(root, selectors) {
  let left = -1;
  for (const selector of selectors) {
    const box = await root.locator(selector).first().boundingBox();
    assert.ok(box && box.x >= left, `${selector} stands where it should`);
    left = box.x + box.width - 1;
  }
}
