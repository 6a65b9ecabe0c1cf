// The editor asks the page for what a button alone cannot know: which value, which words of a note, which address.

export function ask(editor, kind) {
  if (!editor.isEditable) return
  editor.view.dom.dispatchEvent(new CustomEvent("richtext:ask", { bubbles: true, detail: { editor, kind } }))
}

export function whenAsked(kind, answer) {
  document.addEventListener("richtext:ask", (event) => {
    if (event.detail.kind === kind) answer(event.detail.editor)
  })
}
