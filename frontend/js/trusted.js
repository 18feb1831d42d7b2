// The one Trusted Types policy, `tact`. Limit: HTML passes through here only if the server's renderer sanitised it, and
// the only script address it makes is the detector's worker.

/**
 * @typedef {object} Policy
 * @property {(html: string) => string} createHTML
 * @property {(url: string) => string} createScriptURL
 */

const WORKER = new URL("./pii-worker.js", import.meta.url).href;

/** @type {Policy} */
const rules = {
  createHTML: (html) => html,
  createScriptURL: (url) => {
    if (url !== WORKER) {
      throw new TypeError("not a script of this program");
    }
    return url;
  },
};

const types = /** @type {{ trustedTypes?: { createPolicy: (name: string, rules: Policy) => Policy } }} */ (
  /** @type {unknown} */ (globalThis)
).trustedTypes;
// Browsers without Trusted Types take the strings themselves.
const policy = types ? types.createPolicy("tact", rules) : rules;

/**
 * Nodes of HTML that the server's renderer made. Never give it anything else.
 * @param {string} html  `html` of an entry or of a preview
 * @returns {DocumentFragment}
 */
export function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(html);
  return template.content;
}

/** A new detector. @returns {Worker} */
export function detector() {
  return new Worker(policy.createScriptURL(WORKER), { type: "module" });
}
