// The words of the report before, taken over with one click and undone with one: [data-take-over=id of the textarea].

import { make } from "richtext/dom"
import { editors } from "richtext/editors"
import { say } from "richtext/labels"

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-take-over]")
  const editor = button && editors.get(document.getElementById(button.dataset.takeOver))
  if (editor) takeOver(editor, button)
})

function takeOver(editor, button) {
  const html = document.getElementById(button.dataset.from).innerHTML
  if (editor.isEmpty) editor.commands.setContent(html, { emitUpdate: true })
  else editor.commands.insertContentAt(editor.state.doc.content.size, html)
  const taken = editor.state.doc
  const undo = make("button", { type: "button", className: "btn btn-secondary btn-sm", textContent: say("undo") })
  const status = document.getElementById(button.dataset.status)
  status.replaceChildren(say("takenOver"), " ", undo)
  button.hidden = true

  const back = () => {
    editor.off("update", changed)
    status.replaceChildren()
    button.hidden = false
  }
  // What is written afterwards may not be undone with it.
  const changed = () => editor.state.doc.eq(taken) || back()
  undo.addEventListener("click", () => {
    back()
    editor.chain().undo().focus().run()
  })
  editor.on("update", changed)
  editor.commands.focus("start")
}
