// The warning region of an editor, filled from its pattern while typing. Limit: it offers to mask and to ask; publishing
// something as it is takes the server's consent token, so that comes with the server's own warning.
// Relies on `<template data-slot="warning-template">` with entries/warning.html: slots heading, findings > li (label,
// hint, why, fixed), preview, consent, mask, ask, edit, anyway.

import { make, say, slot } from "./page.js";

/** @typedef {import("./pii.js").Finding} Finding */
/** @typedef {import("./warn.js").Checker} Checker */

const NUMBERS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
/** Characters kept around each bar in the line of what others will read. */
const AROUND = 60;

/**
 * A label inside a sentence: `email address`, `Social Security number`.
 * @param {string} label
 * @returns {string}
 */
export function inside(label) {
  const second = label.charAt(1);
  const plain = second !== second.toUpperCase() && !label.startsWith("Social");
  return plain ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/**
 * "This looks like an email address", "Two things here look personal".
 * @param {{ label: string }[]} findings
 * @returns {string}
 */
export function heading(findings) {
  const [first] = findings;
  if (findings.length === 1 && first?.label) {
    return `This looks like ${/^[AEIOU]/.test(first.label) ? "an" : "a"} ${inside(first.label)}`;
  }
  const number = NUMBERS[findings.length] ?? String(findings.length);
  return findings.length === 1 ? "One thing here looks personal" : `${number} things here look personal`;
}

/**
 * What a reader is told when the number changed.
 * @param {{ label: string }[]} findings
 * @returns {string}
 */
export function spoken(findings) {
  return findings.length === 0 ? "Nothing here looks personal any more." : `${heading(findings)}.`;
}

/**
 * Fills a place with the warning about the findings of some fields.
 * @param {HTMLElement} place
 * @param {HTMLTemplateElement} template
 * @param {{ checker: Checker, where: string }[]} fields  `where` is `in the title`, or empty for the text
 */
export function warn(place, template, fields) {
  const found = fields.flatMap(({ checker, where }) => checker.findings.map((finding) => ({ checker, where, finding })));
  if (found.length === 0) {
    place.replaceChildren();
    return;
  }
  const region = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  say(region, "heading", heading(found.map(({ finding }) => finding)));
  const pattern = slot(region, "findings")?.querySelector("li");
  slot(region, "findings")?.replaceChildren(...found.map((one) => line(pattern ?? make("li"), one)));
  const preview = slot(region, "preview");
  const text = fields.find(({ where, checker }) => where === "" && checker.findings.length > 0)?.checker;
  if (preview && text) preview.replaceChildren(...shown(text));
  else preview?.closest("p")?.remove();
  const what = found.length > 2 ? "Mask all and" : found.length === 2 ? "Mask both and" : "Mask and";
  say(region, "mask", `${what} publish`);
  for (const name of ["consent", "edit", "anyway"]) slot(region, name)?.remove();
  const focused = place.contains(document.activeElement);
  place.replaceChildren(region);
  if (focused) text?.field.focus();
}

/**
 * @param {HTMLElement} pattern
 * @param {{ checker: Checker, where: string, finding: Finding }} one
 * @returns {HTMLElement}
 */
function line(pattern, { checker, where, finding }) {
  const item = /** @type {HTMLElement} */ (pattern.cloneNode(true));
  item.dataset["rule"] = finding.rule;
  say(item, "label", where ? `${finding.label} ${where}` : finding.label);
  say(item, "hint", finding.hint);
  say(item, "why", finding.why);
  slot(item, "fixed")?.remove();
  const named = `Mask the ${inside(finding.label)} ${finding.hint}`;
  const button = make("button", { class: "btn small", type: "button", "aria-label": named }, "Mask");
  button.addEventListener("click", () => checker.mask(finding));
  (item.querySelector(".wa") ?? item).append(button);
  return item;
}

/**
 * The text with bars, and a few words around each.
 * @param {Checker} checker
 * @returns {(Node | string)[]}
 */
function shown({ field, findings }) {
  const text = field.value.replace(/\s/g, " ");
  /** @type {(Node | string)[]} */
  const out = [];
  let at = 0;
  for (const { start, end, token } of findings) {
    out.push(shortened(text.slice(at, start), at > 0, true), make("span", { class: "mask" }, token.replace(/^\[|\]$/g, "")));
    at = end;
  }
  out.push(shortened(text.slice(at), true, false));
  return out;
}

/** @param {string} text @param {boolean} after @param {boolean} before @returns {string} */
function shortened(text, after, before) {
  const chars = [...text];
  const head = after ? AROUND : 0;
  const tail = before ? AROUND : 0;
  if (chars.length <= head + tail + 1) return text;
  return `${chars.slice(0, head).join("")}…${tail ? chars.slice(-tail).join("") : ""}`;
}

