// Every editor on the page, whenever and however it came: with the page or swapped in by htmx.

import { createEditor } from "django-prose-editor/configurable"

import { readArgs, valueKey } from "richtext/args"

const SOURCE = "textarea[data-django-prose-editor-configurable]"

export const editors = new Map() // textarea → editor

function adopt(textarea, editor) {
  if (!editor || editors.get(textarea) === editor) return
  editors.set(textarea, editor)
  editor.on("destroy", () => editors.delete(textarea))
}

function within(root) {
  return [...(root.matches?.(SOURCE) ? [root] : []), ...(root.querySelectorAll?.(SOURCE) ?? [])]
}

document.addEventListener("prose-editor:ready", (event) => adopt(event.detail.textarea, event.detail.editor))
// An editor may have been ready before this module was.
for (const textarea of within(document)) {
  adopt(textarea, textarea.closest(".prose-editor")?.querySelector(".tiptap")?.editor)
}

document.addEventListener("htmx:load", (event) => within(event.detail.elt).forEach((textarea) => createEditor(textarea)))
document.addEventListener("htmx:beforeCleanupElement", (event) => {
  for (const textarea of within(event.detail.elt)) editors.get(textarea)?.destroy()
})

// The list of errors leads to the hidden textarea; the way goes on to its editor.
document.addEventListener("click", (event) => {
  const id = event.target.closest?.('a[href^="#"]')?.hash.slice(1)
  const editor = id && editors.get(document.getElementById(id))
  if (!editor) return
  event.preventDefault()
  editor.view.dom.scrollIntoView({ block: "center" })
  editor.commands.focus()
})

// Put a whole text into an editor, as one step that can be undone.
export function setText(textarea, html) {
  editors.get(textarea).commands.setContent(html, { emitUpdate: true })
}

// Values have changed on the server: [{name, args, text}]. The chips follow; it is no step to undo.
export function refreshFigures(figures) {
  const texts = new Map(figures.map(({ name, args, text }) => [`${valueKey(name, args)} ${args.form ?? ""}`, text]))
  for (const editor of editors.values()) refresh(editor, texts)
}

function refresh(editor, texts) {
  const tr = editor.state.tr.setMeta("addToHistory", false)
  editor.state.doc.descendants((node, place) => {
    if (node.type.name !== "figureRef") return
    const args = readArgs(node.attrs.args)
    const text = texts.get(`${valueKey(node.attrs.figure, args)} ${args.form ?? ""}`)
    const name = node.attrs.own == null ? "text" : "says"
    if (text !== undefined && text !== node.attrs[name]) tr.setNodeAttribute(place, name, text)
  })
  if (tr.docChanged) editor.view.dispatch(tr)
}
