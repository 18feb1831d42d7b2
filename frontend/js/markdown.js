// The toolbar's changes to a text, undoable like typing. Limit: it writes Markdown, it does not read it.

import { replace } from "./edit.js";

/** @type {Record<string, [string, string, string]>} before, after, and what stands for a missing selection */
const AROUND = {
  bold: ["**", "**", "bold text"],
  italic: ["*", "*", "italic text"],
  link: ["[", "](https://)", "link text"],
};
/** @type {Record<string, string>} */
const BEFORE_LINES = { quote: "> ", list: "- " };

/**
 * Applies one button of the toolbar to the selection.
 * @param {HTMLTextAreaElement} area
 * @param {string} what  `bold`, `italic`, `link`, `quote`, `code`, `list`
 */
export function format(area, what) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const chosen = value.slice(start, end);
  const prefix = BEFORE_LINES[what];
  if (prefix !== undefined) {
    return lines(area, prefix);
  }
  const code = chosen.includes("\n") ? ["```\n", "\n```", ""] : ["`", "`", "code"];
  const [before = "", after = "", words = ""] = what === "code" ? code : (AROUND[what] ?? []);
  if (!before) return;
  const inner = chosen || words;
  replace(area, start, end, before + inner + after);
  const from = start + before.length;
  if (what === "link") {
    const address = from + inner.length + 2;
    area.setSelectionRange(chosen ? address : from, chosen ? address + "https://".length : from + inner.length);
  } else {
    area.setSelectionRange(from, from + inner.length);
  }
}

/** @param {HTMLTextAreaElement} area @param {string} prefix */
function lines(area, prefix) {
  const { value } = area;
  const start = value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const next = value.indexOf("\n", area.selectionEnd);
  const end = next < 0 ? value.length : next;
  const text = value.slice(start, end).split("\n").map((line) => prefix + line).join("\n");
  replace(area, start, end, text);
  area.setSelectionRange(start + text.length, start + text.length);
}
