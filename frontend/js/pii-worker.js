// The detector in a worker of its own, so that typing never waits for it. Limit: {id, text} in, {id, findings} out, in
// order; where the detector cannot run it answers {id, error} and the server's own scan is all there is.

import { load } from "./pii.js";

/**
 * @typedef {object} Request
 * @property {number | string} id  given back with the answer
 * @property {string} text  what to scan; it never leaves the browser
 */

/**
 * The part of a worker's global scope that is used here.
 * @typedef {object} Scope
 * @property {(type: "message", listener: (event: MessageEvent<Request>) => void) => void} addEventListener
 * @property {(answer: object) => void} postMessage
 */

const scope = /** @type {Scope} */ (/** @type {unknown} */ (globalThis));

const detector = load(new URL("../vendor/pii/pii.wasm", import.meta.url));
// Each request reports the failure itself.
detector.catch(() => {});

scope.addEventListener("message", (event) => {
  void answer(event.data);
});

/** @param {Request} request */
async function answer({ id, text }) {
  try {
    const findings = (await detector).scan(text);
    scope.postMessage({ id, findings });
  } catch {
    scope.postMessage({ id, error: "the detector is not available" });
  }
}
