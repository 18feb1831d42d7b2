// What every module needs from the page: hooks, the token of its forms, elements made without markup. Limit: no state.
// Relies on: `<body data-build data-member>`, `<meta name="csrf" content>`, and `data-slot` attributes.

const SVG = "http://www.w3.org/2000/svg";

/** The token that POST requests carry; empty for guests. @returns {string} */
export function csrf() {
  const meta = document.querySelector('meta[name="csrf"]');
  const field = document.querySelector('input[name="csrf"]');
  return meta?.getAttribute("content") || (field instanceof HTMLInputElement ? field.value : "");
}

/** Id of the signed-in member, 0 for guests. @returns {number} */
export function viewer() {
  return Number(document.body.dataset["member"] ?? 0);
}

/**
 * The element with that `data-slot`, or nothing.
 * @param {ParentNode} root
 * @param {string} name
 * @returns {HTMLElement | null}
 */
export function slot(root, name) {
  return root.querySelector(`[data-slot="${name}"]`);
}

/**
 * Puts words into a slot, where there is one.
 * @param {ParentNode} root
 * @param {string} name
 * @param {string} text
 */
export function say(root, name, text) {
  const place = slot(root, name);
  if (place && place.textContent !== text) {
    place.textContent = text;
  }
}

/**
 * An element with attributes and children. Strings become text, never markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/**
 * An SVG element.
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...Node} children
 * @returns {SVGElement}
 */
export function draw(tag, attributes, ...children) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/**
 * An icon of the sprite, hidden from readers.
 * @param {string} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const href = `/a/${document.body.dataset["build"] ?? ""}/static/icons.svg#${name}`;
  return draw("svg", { class: "i", "aria-hidden": "true" }, draw("use", { href }));
}

/** A fresh name of a submission. Works on plain http too, where `randomUUID` is missing. @returns {string} */
export function nonce() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Calls once, after it was quiet for so long.
 * @param {number} ms
 * @param {() => void} call
 * @returns {{ soon: () => void, now: () => void, stop: () => void }}
 */
export function debounced(ms, call) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const stop = () => clearTimeout(timer);
  const now = () => {
    stop();
    call();
  };
  return {
    soon: () => {
      stop();
      timer = setTimeout(call, ms);
    },
    now,
    stop,
  };
}

/** Whether keys typed here are text. @param {EventTarget | null} target @returns {boolean} */
export function isField(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest("input, textarea, select, dialog") !== null);
}

/**
 * A plural without a library: `count(1, "reply", "replies")`.
 * @param {number} number
 * @param {string} one
 * @param {string} many
 * @returns {string}
 */
export function count(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}

/**
 * Names in a sentence: "Bea, Tomasz and Kit".
 * @param {string[]} names
 * @returns {string}
 */
export function listed(names) {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
