// While a member types, what looks private is marked, named, announced once and can be masked, and nothing of it leaves
// the browser. Limit: what the server does with what is sent is in other files.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ADDRESS, answer, enterRoom, launch, open, openTopic, reply, signIn } from "./browser.mjs";
import { Recorder } from "./recorder.mjs";
import { start } from "./server.mjs";

/** Between two keys. */
const KEY_MS = 12;

/** Typed into every place: a sentence, the value in it, what it is called, and what stands there once masked. */
const VALUES = [
  { before: "Write to ", value: ADDRESS, label: "email address", token: "[email hidden]" },
  { before: "Paid with ", value: "4539 1488 0343 6467", label: "card number", token: "[card number hidden]" },
  { before: "My SSN: ", value: "512-34-6789", label: "Social Security number", token: "[SSN hidden]" },
  { before: "password: ", value: "Kq7-vornit-Zz42", label: "password", token: "[password hidden]" },
  // In two pieces, so that no scanner takes this file for a leak.
  { before: "token ", value: `${"gh"}p_${"R4mZq8WcX1tYb6NdK3sVf9LhJ2gPa7UeT5oQ"}`, label: "secret key", token: "[secret hidden]" },
];

/**
 * Where people write. `field` is what is typed into, `region` shows the findings.
 * @type {{ name: string, who?: string, go: (page: import("playwright-core").Page) => Promise<unknown>, field: string, region: string }[]}
 */
const PLACES = [
  { name: "the title of a new topic", go: (page) => page.goto("/new?board=1"), field: "#title", region: ".composer .warn" },
  { name: "the text of a new topic", go: (page) => page.goto("/new?board=1"), field: '.composer textarea[name="body"]', region: ".composer .warn" },
  { name: "a reply", go: (page) => openTopic(page), field: '#reply textarea[name="body"]', region: "#reply .warn" },
  { name: "an edit", go: ownPost, field: '.composer textarea[name="body"]', region: ".composer .warn" },
  { name: "a line of a room", go: (page) => enterRoom(page, "lobby"), field: "#body", region: ".tip" },
  { name: "the profile", go: (page) => page.goto("/settings/profile"), field: "#bio", region: "tact-checked .warn" },
  { name: "the topic line of a room", who: "noor", go: (page) => page.goto("/chat/new"), field: "#topic", region: "tact-checked .warn" },
];

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

/** Opens the edit page of a post of one's own. @param {import("playwright-core").Page} page */
async function ownPost(page) {
  await openTopic(page);
  assert.equal(await reply(page, "A kettle to be edited"), 303);
  await page.locator("article.post", { hasText: "A kettle to be edited" }).locator('a[href$="/edit"]').first().click();
  await page.waitForURL("**/edit");
}

/** @param {string} name @param {import("playwright-core").BrowserContextOptions} [options] */
async function enter(name, options) {
  const page = await open(browser, server.url, options);
  await signIn(page, name);
  return page;
}

/** Keeps what is announced in `globalThis.heard`. @param {import("playwright-core").Page} page */
function listen(page) {
  return page.evaluate(() => {
    /** @type {string[]} */
    const heard = [];
    Reflect.set(globalThis, "heard", heard);
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest('[aria-live="polite"]');
        if (region?.textContent && !region.matches(".typ, [data-slot=state]")) heard.push(region.textContent);
      }
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
  });
}

/** @param {import("playwright-core").Page} page @returns {Promise<string[]>} */
function heard(page) {
  return page.evaluate(() => /** @type {string[]} */ (Reflect.get(globalThis, "heard")));
}

/** Waits until so much was announced. @param {import("playwright-core").Page} page @param {number} number */
async function heardOnce(page, number) {
  await page.waitForFunction((least) => /** @type {string[]} */ (Reflect.get(globalThis, "heard")).length >= least, number);
  // Twice the quiet that comes before an announcement: a second one would have come by then.
  await page.waitForTimeout(1500);
  assert.equal((await heard(page)).length, number, JSON.stringify(await heard(page)));
}

/** @param {string} text */
function exactly(text) {
  return new RegExp(`^${text.replace(/[.\\]/g, "\\$&")}$`);
}

/** The marked words of a field and whether their copy lies right behind it. @param {import("playwright-core").Locator} field */
function marks(field) {
  return field.evaluate((element) => {
    const mirror = /** @type {HTMLElement} */ (element.previousElementSibling);
    const box = element.getBoundingClientRect();
    const copy = mirror.getBoundingClientRect();
    return {
      words: [...mirror.querySelectorAll("mark")].map((mark) => mark.textContent ?? ""),
      underlined: [...mirror.querySelectorAll("mark")].every((mark) => getComputedStyle(mark).textDecorationLine === "underline"),
      apart: Math.max(Math.abs(box.x + element.clientLeft - copy.x), Math.abs(box.y + element.clientTop - copy.y), Math.abs(element.clientWidth - copy.width)),
      higher: mirror.scrollHeight - element.scrollHeight,
      wider: mirror.scrollWidth - element.scrollWidth,
      scrolled: mirror.scrollTop - element.scrollTop,
      aside: mirror.scrollLeft - element.scrollLeft,
    };
  });
}

for (const { name, who = "mara", go, field: at, region } of PLACES) {
  test(`${name}: marked, named and masked while typing, and nothing is sent`, async () => {
    const page = await enter(who);
    const recorder = await Recorder.of(page);
    await go(page);
    const field = page.locator(at);
    await listen(page);
    let announced = 0;
    for (const { before: words, value, label, token } of VALUES) {
      await field.fill("");
      await page.locator(region).waitFor({ state: "hidden" });
      await field.focus();
      await page.keyboard.type(words + value, { delay: KEY_MS });
      await page.locator(region).filter({ hasText: new RegExp(label, "i") }).waitFor();
      // A slow machine looks at half a value first.
      await field.locator("xpath=preceding-sibling::*[1]/mark").filter({ hasText: exactly(value) }).waitFor({ state: "attached" });
      assert.deepEqual((await marks(field)).words, [value], `${label} is marked`);
      await page.waitForFunction((before) => /** @type {string[]} */ (Reflect.get(globalThis, "heard")).length > before, announced);
      const said = await heard(page);
      assert.match(said.at(-1) ?? "", new RegExp(label, "i"), "and announced");
      assert.equal(said.filter((text) => /looks like/.test(text)).length, VALUES.findIndex((one) => one.value === value) + 1, `once each: ${JSON.stringify(said)}`);
      assert.deepEqual(await field.evaluate((element) => [document.activeElement === element, /** @type {HTMLInputElement} */ (element).selectionStart]), [true, (words + value).length], "the caret stays");
      assert.match(await page.locator(`${region} .why`).first().innerText(), /\w+ \w+/, "it says why");
      assert.equal(await page.locator(`${region} a[href="/filter"]`).count(), 1, "with a way to read more");
      assert.equal((await page.locator(region).innerText()).includes(value), false, "it does not repeat the value");
      await page.locator(`${region} li button`, { hasText: /^Mask$/ }).click();
      assert.equal(await field.inputValue(), words + token);
      await page.keyboard.press("Control+z");
      assert.equal(await field.inputValue(), words + value, "undo brings it back");
      await page.locator(region).waitFor();
      announced = (await heard(page)).length;
    }
    assert.ok(recorder.sent.some(({ what }) => what.endsWith("/pii.wasm")), "the worker's own request was seen");
    for (const { value } of VALUES) assert.deepEqual(recorder.leaks(value), []);
    await page.context().close();
  });
}

test("a new finding is announced once, and one that grows is not new", async () => {
  const page = await enter("mara");
  await openTopic(page);
  await listen(page);
  await page.locator('#reply textarea[name="body"]').focus();
  await page.keyboard.type(`Write to ${ADDRESS}`, { delay: KEY_MS });
  await heardOnce(page, 1);
  await page.keyboard.type(", please, it is mine", { delay: KEY_MS });
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("Hello. ", { delay: KEY_MS });
  await heardOnce(page, 1);
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" and 4539 1488 0343 6467", { delay: KEY_MS });
  await heardOnce(page, 2);
  assert.match((await heard(page)).at(-1) ?? "", /Two things.*email address and .*card/);
  await page.context().close();
});

test("the button still masks after more was written, before and behind", async () => {
  const page = await enter("mara");
  await openTopic(page);
  const field = page.locator('#reply textarea[name="body"]');
  await field.fill(ADDRESS);
  await page.locator("#reply .warn li").waitFor();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" and more", { delay: KEY_MS });
  await page.locator("#reply .will", { hasText: "and more" }).waitFor();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("Hello ", { delay: KEY_MS });
  await page.locator("#reply .warn li button").click();
  assert.equal(await field.inputValue(), "Hello [email hidden] and more");
  await page.context().close();
});

test("all of a kind are masked at once, and taken back at once", async () => {
  const page = await enter("mara");
  await openTopic(page);
  const text = `${ADDRESS}, ${ADDRESS.replace("some", "any")} or 4539 1488 0343 6467`;
  const field = page.locator('#reply textarea[name="body"]');
  await field.fill(text);
  await page.locator("#reply .wkinds button", { hasText: /Mask both: email address/ }).click();
  assert.equal(await field.inputValue(), "[email hidden], [email hidden] or 4539 1488 0343 6467");
  await page.locator("#reply .wdone", { hasText: "Two things are masked" }).getByRole("button", { name: "Undo" }).click();
  assert.equal(await field.inputValue(), text);
  await page.context().close();
});

const LONG = Array.from({ length: 18 }, (_, line) => `Line ${line}\tof a long text about kettles, ${"and more ".repeat(line % 17)}`).join("\n");

for (const [what, text] of /** @type {const} */ ([
  ["a long text", `${LONG}\n${ADDRESS}\n${LONG}\n\n`],
  ["Hebrew and Arabic", `כתבו אליי אל ${ADDRESS} ואשמח לענות.\nاكتب لي على ${ADDRESS} من فضلك. ${"مرحبا ".repeat(60)}`],
  ["Chinese, emoji and an endless word", `请写信给${ADDRESS}谢谢。👩‍👩‍👧‍👦🧵 ${"没有空格".repeat(80)}${"x".repeat(900)} ${ADDRESS}`],
])) {
  test(`marks lie behind their words in ${what}`, async () => {
    const page = await enter("mara");
    await enterRoom(page, "lobby");
    const field = page.locator("#body");
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await field.fill(text);
      await page.locator(".tip").waitFor();
      for (const share of [0, 0.5, 1]) {
        await field.evaluate((element, part) => (element.scrollTop = part * (element.scrollHeight - element.clientHeight)), share);
        await page.waitForFunction(() => {
          const element = document.getElementById("body");
          return element?.previousElementSibling?.scrollTop === element?.scrollTop;
        });
        const { words, underlined, apart, higher, wider, scrolled } = await marks(field);
        assert.ok(words.length > 0 && words.every((word) => word.includes("@")), JSON.stringify(words));
        assert.ok(underlined && apart < 0.6, `${apart} px apart`);
        assert.deepEqual([higher, wider, scrolled], [0, 0, 0], `breaks its lines alike at ${width} px`);
      }
    }
    await page.context().close();
  });
}

test("a line that scrolls sideways keeps its marks in place", async () => {
  const page = await enter("mara");
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto("/new?board=1");
  const field = page.locator("#title");
  await field.focus();
  await page.keyboard.type(`A kettle, a lamp, a chair and a table for ${ADDRESS} and others`);
  await page.locator(".composer .warn").waitFor();
  for (const key of ["End", "Home", "End"]) {
    await page.keyboard.press(key);
    await page.waitForFunction(() => {
      const element = document.getElementById("title");
      return element?.previousElementSibling?.scrollLeft === element?.scrollLeft;
    });
    const { apart, aside } = await marks(field);
    assert.ok(apart < 0.6 && aside === 0);
    assert.equal(await field.evaluate((element) => element.scrollLeft > 0), key === "End");
  }
  await page.context().close();
});

test("an input method composes undisturbed", async () => {
  const page = await enter("mara");
  await openTopic(page);
  const field = page.locator('#reply textarea[name="body"]');
  await field.fill(`${ADDRESS} `);
  await page.locator("#reply .warn").waitFor();
  const tools = await page.context().newCDPSession(page);
  for (const text of ["に", "にほ", "にほん"]) {
    await tools.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await page.waitForTimeout(200);
    assert.equal(await field.inputValue(), `${ADDRESS} ${text}`);
    assert.deepEqual((await marks(field)).words, [ADDRESS]);
  }
  await tools.send("Input.insertText", { text: "日本" });
  assert.equal(await field.inputValue(), `${ADDRESS} 日本`);
  await page.context().close();
});

test("the recorder bites", async () => {
  const page = await enter("mara");
  await enterRoom(page, "lobby");
  const recorder = await Recorder.of(page);
  const ways = ["a body", "an address", "a beacon", "a frame"];
  const value = (/** @type {number} */ way) => `canary${way}canary`;
  await page.evaluate(async () => {
    const quiet = () => {};
    await fetch("/nowhere", { method: "POST", body: "text=canary0canary" }).catch(quiet);
    await fetch("/nowhere?q=canary1canary").catch(quiet);
    navigator.sendBeacon("/nowhere", new Blob(["canary2canary"]));
    new WebSocket(location.origin.replace("http", "ws") + "/live").addEventListener("open", (event) => /** @type {WebSocket} */ (event.target).send("canary3canary"));
  });
  const told = () => ways.every((_, way) => recorder.leaks(value(way)).length > 0);
  for (let look = 0; look < 50 && !told(); look += 1) await page.waitForTimeout(100);
  for (const [way, name] of ways.entries()) {
    assert.notDeepEqual(recorder.leaks(value(way)), [], name);
  }
  await page.context().close();
});

for (const [how, flags, options] of /** @type {const} */ ([
  ["WebAssembly", ["--js-flags=--jitless"], {}],
  ["JavaScript", [], { javaScriptEnabled: false }],
])) {
  test(`without ${how} the server warns`, async () => {
    const own = await launch([...flags]);
    try {
      const page = await open(own, server.url, options);
      await signIn(page, "mara");
      await openTopic(page);
      if (how === "WebAssembly") {
        assert.equal(await page.evaluate(() => typeof WebAssembly), "undefined");
        await page.locator('#reply textarea[name="body"]').focus();
        await page.locator("#reply", { hasText: "This browser cannot check as you type" }).waitFor();
      }
      assert.equal(await reply(page, `Without it: ${ADDRESS}`), 422);
      const warning = page.locator("section.warn");
      assert.match(await warning.innerText(), /looks personal[\s\S]*Email address/);
      const [status] = await Promise.all([answer(page, /\/t\/\d+\/reply$/), warning.locator('button[value="mask"]').click()]);
      assert.equal(status, 303);
    } finally {
      await own.close();
    }
  });
}
