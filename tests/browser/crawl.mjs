// Follows the links of a running community as one viewer, and says what is wrong on the pages. Limit: reads only.

/** Of one pattern so many more are only asked for. */
const ASKED = 4;
/** So long a page may still say something after it has loaded. */
const SETTLE_MS = 60;

/**
 * The shape of an address: `/b/*`, `/search?q`.
 * @param {URL} url
 */
export function pattern(url) {
  const parts = url.pathname.split("/").map((part, at, all) => {
    const named = at > 1 && ["b", "u", "t", "chat"].includes(all[1] ?? "") && !["new", "m", "join"].includes(part);
    return named || /^\d+$/.test(part) ? "*" : part;
  });
  const query = [...new Set(url.searchParams.keys())].sort().join("&");
  return parts.join("/") + (query ? `?${query}` : "");
}

/**
 * Everything that goes wrong on a page, as sentences.
 * @param {import("playwright-core").Page} page
 * @param {string} origin
 * @returns {string[]}
 */
export function complaints(page, origin) {
  /** @type {string[]} */
  const heard = [];
  const at = () => page.url().replace(origin, "");
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && heard.push(`${at()}: ${message.text()}`));
  page.on("pageerror", (error) => heard.push(`${at()}: ${error.message}`));
  page.on("response", (response) => response.status() >= 400 && heard.push(`${at()}: ${response.status()} for ${response.url()}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith("data:") && !url.startsWith("blob:")) heard.push(`${at()}: asks ${url}`);
  });
  return heard;
}

/**
 * What is wrong with the form of the open page.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string[]>}
 */
export async function faults(page) {
  const found = await page.evaluate(() => {
    const headings = [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility());
    return [
      headings.length === 1 ? "" : `${headings.length} first headings`,
      document.title.trim().length > 3 ? "" : "no title",
      document.documentElement.lang ? "" : "no language",
      document.querySelectorAll("main").length === 1 ? "" : "not one main part",
    ];
  });
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    found.push(await page.evaluate(sideways));
    found.push(await page.evaluate(() => ((document.querySelector("h1")?.getBoundingClientRect().top ?? 0) + scrollY > 400 ? `the first heading stands far below at ${innerWidth} px` : "")));
  }
  return found.filter(Boolean).map((what) => `${new URL(page.url()).pathname}${new URL(page.url()).search}: ${what}`);
}

/** Runs in the page. */
export function sideways() {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return "";
  const wide = [...document.body.querySelectorAll("*")].find((one) => one.getBoundingClientRect().right > clientWidth + 1);
  return `scrolls sideways at ${clientWidth} px: ${scrollWidth} px, from ${wide?.tagName.toLowerCase()}.${wide?.getAttribute("class") ?? ""}`;
}

/**
 * Follows every link from the front page on.
 * @param {import("playwright-core").Page} page
 * @param {string} origin
 * @param {number} opened  of one pattern so many pages are opened
 * @returns {Promise<{ wrong: string[], seen: Map<string, string> }>}  what is wrong, and one address of each pattern
 */
export async function crawl(page, origin, opened) {
  const wrong = complaints(page, origin);
  /** @type {Map<string, string>} */
  const seen = new Map();
  /** @type {Map<string, number>} */
  const counts = new Map();
  const queue = ["/"];
  const known = new Set(queue);
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const shape = pattern(new URL(path, origin));
    const count = counts.get(shape) ?? 0;
    counts.set(shape, count + 1);
    if (count >= opened + ASKED) continue;
    if (count >= opened) {
      const answer = await page.request.get(path);
      if (answer.status() >= 400) wrong.push(`${path}: ${answer.status()}`);
      continue;
    }
    await page.goto(path);
    await page.waitForTimeout(SETTLE_MS);
    wrong.push(...(await faults(page)));
    const arrived = pattern(new URL(page.url()));
    if (!seen.has(arrived)) seen.set(arrived, page.url().replace(origin, ""));
    const links = await page.locator("a[href]").evaluateAll((all) => all.map((one) => /** @type {HTMLAnchorElement} */ (one).href));
    for (const link of links) {
      const url = new URL(link);
      const next = url.pathname + url.search;
      if (url.origin !== origin || known.has(next)) continue;
      known.add(next);
      queue.push(next);
    }
  }
  return { wrong, seen };
}
