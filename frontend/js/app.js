// What every page gets: relative times, the search key, menus that close, and the modules of the elements on it.
// Limit: pages work without it. Elements: `tact-checked`, `tact-composer`, `tact-filling`, `tact-topic`, `tact-room`,
// `tact-queue`. Relies on: `#find`, `details.pop` for menus.

import { settle } from "./draft.js";
import { isField } from "./page.js";
import * as times from "./times.js";

/** @type {Record<string, () => Promise<unknown>>} */
const elements = {
  "tact-filling": () => import("./filling.js"),
  "tact-checked": () => import("./checked.js"),
  "tact-composer": () => import("./composer.js"),
  "tact-topic": () => import("./topic.js"),
  "tact-room": () => import("./room.js"),
  "tact-queue": () => import("./queue.js"),
};

settle();
times.start();
for (const [name, load] of Object.entries(elements)) {
  if (document.querySelector(name)) void load();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    closeMenus(null, true);
    return;
  }
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return;
  const find = document.getElementById("find") ?? document.querySelector('input[type="search"]');
  if (find instanceof HTMLInputElement && find.checkVisibility()) {
    event.preventDefault();
    find.focus();
    find.select();
  }
});

document.addEventListener("click", (event) => closeMenus(event.target instanceof Node ? event.target : null, false));

/**
 * Closes open menus but the one around a node.
 * @param {Node | null} around
 * @param {boolean} back  whether focus returns to the button
 */
function closeMenus(around, back) {
  for (const menu of document.querySelectorAll("details.pop[open]")) {
    if (!(menu instanceof HTMLDetailsElement) || (around && menu.contains(around))) continue;
    if (back && menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
    menu.open = false;
  }
}
