// `tact-filling` on the page of a community that is being filled: how far it is, and on to the front page at the end.
// Limit: without it the page loads itself again. Relies on: slots `bar`, `count`; the page's own address as JSON.

import { say, slot } from "./page.js";

/** Between two looks. */
const LOOK_MS = 400;

const root = document.querySelector("tact-filling");
if (root instanceof HTMLElement) void watch(root);

/** @param {HTMLElement} root */
async function watch(root) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const answer = await fetch(location.pathname, { headers: { Accept: "application/json" } }).catch(() => null);
    if (answer?.redirected) return location.replace("/");
    if (!answer?.ok) continue;
    /** @type {{ done: number, total: number, failed: boolean }} */
    const progress = await answer.json();
    if (progress.failed) return location.reload();
    show(root, progress);
  }
}

/** @param {HTMLElement} root @param {{ done: number, total: number }} progress */
function show(root, { done, total }) {
  const bar = slot(root, "bar");
  if (total === 0 || !(bar instanceof HTMLProgressElement)) return;
  bar.max = total;
  bar.value = done;
  say(root, "count", `${done} of ${total} steps`);
}
