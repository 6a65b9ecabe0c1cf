// Words of one's own in a value's place (core/_own_dialog.html): they stay as they are written, and the register's are
// kept beside them, so that both the page and the review say when it says something else.

import { putChip, selectedChip } from "richtext/chips"
import { whenClosed } from "richtext/dialogs"
import { say } from "richtext/labels"

export function isOwn(editor) {
  return selectedChip(editor, "figureRef")?.attrs.own != null
}

// `value` is what the register says: {figure, args, text}.
export function writeOwn(editor, value) {
  const chip = selectedChip(editor, "figureRef")?.attrs
  const dialog = document.getElementById("own-dialog")
  const form = dialog.querySelector("form")
  form.elements.words.value = chip?.own != null ? chip.text : value.text
  dialog.querySelector("[data-own-says]").textContent = say("registerSays", { text: value.text })
  dialog.querySelector("[value=attach]").hidden = chip?.own == null
  whenClosed(dialog, (choice) => {
    const words = form.elements.words.value.replace(/\s+/g, " ").trim()
    if (choice === "save" && words) putChip(editor, "figureRef", { ...value, text: words, own: value.text, says: value.text })
    else if (choice === "attach") putChip(editor, "figureRef", { ...value, own: null, says: null })
    else editor.commands.focus()
  })
  form.elements.words.select()
}

// The selected chip, with what the register says in its place: now, or as far as is known.
export function ownOf(editor) {
  const { figure, args, own, says, text } = selectedChip(editor, "figureRef").attrs
  return { figure, args, text: says || own || text }
}
