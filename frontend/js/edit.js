// Changes a field's text as if it were typed, so that the browser's undo takes it back. Limit: one stretch at a time.

/**
 * Replaces a stretch so that the browser's undo takes it back. `setRangeText` is what remains where `insertText` is
 * refused.
 * @param {HTMLTextAreaElement | HTMLInputElement} area
 * @param {number} start
 * @param {number} end
 * @param {string} text
 */
export function replace(area, start, end, text) {
  area.focus();
  area.setSelectionRange(start, end);
  const done = text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
  if (!done) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
