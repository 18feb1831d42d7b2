// The warning region of an editor, filled from its pattern while typing. Limit: it offers to mask and to ask; publishing
// something as it is takes the server's consent token, so that comes with the server's own warning.
// Relies on `<template data-slot="warning-template">`: slots heading, findings (a list), kinds, preview, mask; `.wacts`.

import { icon, listed, make, say, slot } from "./page.js";

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
 * What a reader is told when something is new: "Two things here look personal: email address and IBAN."
 * @param {{ label: string }[]} findings
 * @returns {string}
 */
export function spoken(findings) {
  if (findings.length === 0) return "Nothing here looks personal any more.";
  const kinds = [...new Set(findings.map(({ label }) => inside(label)))];
  return findings.length === 1 ? `${heading(findings)}.` : `${heading(findings)}: ${listed(kinds)}.`;
}

/**
 * One finding and the field it is in.
 * @typedef {object} Found
 * @property {Checker} checker
 * @property {string} where  `in the title`, or empty for the text
 * @property {Finding} finding
 */

/**
 * Fills a place with the warning about the findings of some fields.
 * @param {HTMLElement} place
 * @param {HTMLTemplateElement} template
 * @param {{ checker: Checker, where: string }[]} fields
 * @param {boolean} answers  whether the form takes the choices to mask and to ask
 */
export function warn(place, template, fields, answers) {
  const found = fields.flatMap(({ checker, where }) => checker.findings.map((finding) => ({ checker, where, finding })));
  if (found.length === 0) {
    place.replaceChildren();
    return;
  }
  const region = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  say(region, "heading", heading(found.map(({ finding }) => finding)));
  slot(region, "findings")?.replaceChildren(...lines(found));
  slot(region, "kinds")?.replaceChildren(...kinds(found));
  const preview = slot(region, "preview");
  const text = fields.find(({ where, checker }) => where === "" && checker.findings.length > 0)?.checker;
  if (preview && text) preview.replaceChildren(...shown(text));
  else preview?.closest("p")?.remove();
  const what = found.length > 2 ? "Mask all and" : found.length === 2 ? "Mask both and" : "Mask and";
  say(region, "mask", `${what} publish`);
  if (!answers) region.querySelector(".wacts")?.remove();
  const focused = place.contains(document.activeElement);
  place.replaceChildren(region);
  if (focused) (text ?? found[0]?.checker)?.field.focus();
}

/**
 * A line for each finding: what it is, how it begins, why it was found, and a button that masks it.
 * @param {Found[]} found
 * @returns {HTMLElement[]}
 */
export function lines(found) {
  return found.map(({ checker, where, finding }) => {
    const named = `Mask the ${inside(finding.label)} ${finding.hint}`;
    const button = make("button", { class: "btn small", type: "button", "aria-label": named }, "Mask");
    button.addEventListener("click", () => checker.mask([finding]));
    return make(
      "li",
      { "data-rule": finding.rule },
      make("span", { class: "wk" }, finding.label, ...(where ? [" ", make("small", {}, where)] : [])),
      make("span", { class: "wv" }, make("bdi", {}, finding.hint), " ", make("span", { class: "why" }, finding.why)),
      make("span", { class: "wa" }, button),
    );
  });
}

/**
 * A button for each kind that was found more than once in a field, while there are other kinds.
 * @param {Found[]} found
 * @returns {HTMLElement[]}
 */
export function kinds(found) {
  /** @type {Map<string, Found[]>} */
  const groups = new Map();
  for (const one of found) {
    const key = `${one.where} ${one.finding.rule}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first || group.length < 2) return [];
    const every = group.length === 2 ? "both" : `all ${group.length}`;
    const what = `Mask ${every}: ${inside(first.finding.label)}${first.where ? ` ${first.where}` : ""}`;
    const button = make("button", { class: "btn small", type: "button" }, what);
    button.addEventListener("click", () => first.checker.mask(group.map(({ finding }) => finding)));
    return [button];
  });
}

/**
 * Says that something was masked, with a way back for those who have no keyboard. Goes with the next change.
 * @param {HTMLElement} place
 * @param {Checker} checker
 * @param {Finding[]} findings
 */
export function masked(place, checker, findings) {
  const [first] = findings;
  const what = findings.length === 1 && first ? `The ${inside(first.label)} is masked.` : `${NUMBERS[findings.length] ?? findings.length} things are masked.`;
  const undo = make("button", { class: "ghost", type: "button" }, "Undo");
  undo.addEventListener("click", () => checker.undo());
  place.replaceChildren(make("p", { class: "wdone" }, icon("check"), make("span", {}, what), undo));
  checker.field.addEventListener("input", () => place.replaceChildren(), { once: true });
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
