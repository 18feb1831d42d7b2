// Keeps what is being written on this device until it is published. Limit: one text (and title) for each place, nothing
// leaves the browser. A form leaves the page, so whether it was published is known on the next page only.
// Relies on: `<tact-composer data-target>`, its form's `nonce`. The server gives a refused text back with the same nonce.

const PREFIX = "tact:draft:";
const SENT = "tact:sent";
/** A draft nobody came back to. */
const KEEP_MS = 30 * 86_400_000;

/**
 * @typedef {object} Draft
 * @property {string} body
 * @property {string} title
 * @property {number} at  milliseconds since 1970
 */

/** Storage may be refused or full; then there are no drafts. @template T @param {() => T} use @returns {T | null} */
function tried(use) {
  try {
    return use();
  } catch {
    return null;
  }
}

/** @param {string} target @returns {Draft | null} */
export function read(target) {
  const draft = tried(() => /** @type {Draft | null} */ (JSON.parse(localStorage.getItem(PREFIX + target) ?? "null")));
  return draft && typeof draft.body === "string" && Date.now() - draft.at < KEEP_MS ? draft : null;
}

/**
 * Keeps a text; an empty one is forgotten.
 * @param {string} target
 * @param {string} body
 * @param {string} title
 * @returns {boolean}  whether it was kept
 */
export function write(target, body, title) {
  if (!body.trim() && !title.trim()) {
    drop(target);
    return false;
  }
  const text = JSON.stringify({ body, title, at: Date.now() });
  return tried(() => localStorage.setItem(PREFIX + target, text)) !== null;
}

/** @param {string} target */
export function drop(target) {
  tried(() => localStorage.removeItem(PREFIX + target));
}

/** Notes that the form is on its way. @param {string} target @param {string} nonce */
export function sent(target, nonce) {
  tried(() => sessionStorage.setItem(SENT, JSON.stringify({ target, nonce })));
}

/** On every page: forgets the draft whose form was taken. */
export function settle() {
  const note = tried(() => sessionStorage.getItem(SENT));
  if (!note) return;
  tried(() => sessionStorage.removeItem(SENT));
  const { target, nonce } = tried(() => /** @type {{ target: string, nonce: string }} */ (JSON.parse(note))) ?? { target: "", nonce: "" };
  if (target && !wentWrong() && !givenBack(nonce)) drop(target);
}

/** The form came back, with a warning or a sentence. @param {string} nonce @returns {boolean} */
function givenBack(nonce) {
  return [...document.querySelectorAll('input[name="nonce"]')].some((field) => field instanceof HTMLInputElement && field.value === nonce);
}

/** The page is an error page or asks to sign in. @returns {boolean} */
function wentWrong() {
  const [entry] = performance.getEntriesByType("navigation");
  const status = /** @type {{ responseStatus?: number } | undefined} */ (entry)?.responseStatus ?? 0;
  return status >= 400 || document.querySelector("main .oops") !== null || location.pathname === "/signin";
}
