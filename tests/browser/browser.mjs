// A browser and what a person does in it: signing in, opening a topic, writing. Limit: no assertions of a journey's own.

import { chromium } from "playwright-core";
import { PASSWORD } from "./server.mjs";

const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const WAIT_MS = 15_000;

/** An email address that is nobody's. */
export const ADDRESS = "someone@fenmail.example";

/** @param {string[]} [more]  flags of the browser */
export function launch(more = []) {
  return chromium.launch({ executablePath: process.env["TACT_CHROMIUM"] ?? "/usr/bin/chromium", args: [...ARGS, ...more] });
}

/**
 * A page of a person with cookies of their own.
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ baseURL: url, ...options });
  context.setDefaultTimeout(WAIT_MS);
  return context.newPage();
}

/** @param {import("playwright-core").Page} page @param {string} name */
export async function signIn(page, name) {
  await page.goto("/signin");
  await page.fill("#name", name);
  await page.fill("#password", PASSWORD);
  await page.click('form[action="/signin"] button[type="submit"]');
  await page.waitForURL((at) => at.pathname !== "/signin");
}

/** @param {import("playwright-core").Page} page @param {string} name */
export async function signUp(page, name) {
  await page.goto("/signup");
  await page.fill("#name", name);
  await page.fill("#display", "New Hand");
  await page.fill("#password", "seven-brass-thimbles-41");
  await page.click('form[action="/signup"] button[type="submit"]');
  await page.waitForURL((at) => at.pathname !== "/signup");
}

/** Opens a topic that takes replies; answers with its address. @param {import("playwright-core").Page} page @param {string} board */
export async function openTopic(page, board = "electronics") {
  await page.goto(`/b/${board}`);
  await page.locator(".trow h2").filter({ hasNotText: "Closed:" }).locator("a").first().click();
  await page.locator("tact-topic h1").waitFor();
  return new URL(page.url()).pathname;
}

/** Sends a reply and answers with the status of it. @param {import("playwright-core").Page} page @param {string} text */
export async function reply(page, text) {
  await page.fill('#reply textarea[name="body"]', text);
  const [status] = await Promise.all([answer(page, /\/t\/\d+\/reply$/), page.click("#reply .cfoot button.primary, #reply .cfoot [data-slot=publish]")]);
  return status;
}

/** Status of the next form that is sent to an address. @param {import("playwright-core").Page} page @param {RegExp} path */
export async function answer(page, path) {
  const response = await page.waitForResponse((got) => got.request().method() === "POST" && path.test(new URL(got.url()).pathname));
  return response.status();
}

/** Enters a room as a member who may write in it. @param {import("playwright-core").Page} page @param {string} room */
export async function enterRoom(page, room) {
  await page.goto(`/chat/${room}`);
  const join = page.locator(`form[action="/chat/${room}/join"] button`);
  if (await join.count()) await join.click();
  await page.locator('[data-slot="body"][name="body"]').waitFor();
}

/** @param {import("playwright-core").Page} page @param {string} text */
export async function send(page, text) {
  const line = page.locator('textarea[name="body"]');
  await line.fill(text);
  await line.press("Enter");
}
