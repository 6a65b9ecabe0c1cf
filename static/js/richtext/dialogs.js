// The small dialogs: words of a note, address of a link, number of a reference (core/_note_dialog.html).

import { putChip, removeChip, selectedChip } from "richtext/chips"
import { whenAsked } from "richtext/ask"
import { say } from "richtext/labels"

const KINDS = {
  footnote: {
    read: (editor) => selectedChip(editor, "footnote")?.attrs,
    write: (editor, { text }) => putChip(editor, "footnote", { footnote: "", text: text.replace(/\s+/g, " ") }),
    remove: removeChip,
  },
  reference: {
    read: (editor) => selectedChip(editor, "reference")?.attrs,
    write(editor, { reference, paragraph, date }) {
      const written = paragraph && `§ ${paragraph.replace(/^§+\s*/, "")}`
      const text = [reference, written].filter(Boolean).join(" ")
      putChip(editor, "reference", { reference, paragraph: written || null, date: date || null, text })
    },
    remove: removeChip,
  },
  link: {
    read: (editor) => (editor.isActive("link") ? editor.getAttributes("link") : undefined),
    check: ({ href }) => ({ href: address(href) ? "" : say("badLink") }),
    write(editor, { href }) {
      const link = { href: address(href) }
      const chain = editor.chain().focus().extendMarkRange("link")
      if (editor.state.selection.empty && !editor.isActive("link"))
        chain.insertContent({ type: "text", text: link.href, marks: [{ type: "link", attrs: link }] }).run()
      else chain.setLink(link).run()
    },
    remove: (editor) => editor.chain().focus().extendMarkRange("link").unsetLink().run(),
  },
}

for (const [kind, actions] of Object.entries(KINDS)) whenAsked(kind, (editor) => open(editor, kind, actions))

function open(editor, kind, { read, check, write, remove }) {
  const dialog = document.querySelector(`dialog[data-richtext-dialog="${kind}"]`)
  if (!dialog) return
  const form = dialog.querySelector("form")
  const attrs = read(editor)
  form.reset()
  for (const field of fieldsOf(form)) field.value = attrs?.[field.name] ?? ""
  dialog.querySelector("[value=remove]").hidden = !attrs
  form.oninput = form.onsubmit = null
  if (check) checkFields(form, check)
  whenClosed(dialog, (choice) => {
    if (choice === "save") write(editor, Object.fromEntries(fieldsOf(form).map(({ name, value }) => [name, value.trim()])))
    else if (choice === "remove") remove(editor)
    else editor.commands.focus()
  })
}

function fieldsOf(form) {
  return [...form.querySelectorAll("input, textarea")]
}

function checkFields(form, check) {
  form.oninput = () => {
    const wrong = check(Object.fromEntries(fieldsOf(form).map(({ name, value }) => [name, value])))
    for (const [name, words] of Object.entries(wrong)) form.elements[name].setCustomValidity(words)
  }
  form.oninput()
}

// Open a dialog and say with which button it was closed; with none when somebody left it.
export function whenClosed(dialog, answer) {
  dialog.returnValue = ""
  dialog.addEventListener("close", () => answer(dialog.returnValue), { once: true })
  dialog.showModal()
}

document.addEventListener("click", (event) => event.target.closest?.("[data-richtext-close]")?.closest("dialog").close())

function address(written) {
  const href = written.trim()
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(href)) return `mailto:${href}`
  if (/^(https?:\/\/[^\s/]|mailto:[^\s]|\/(?!\/)|#)/i.test(href)) return href
  if (/^[\w-]+(\.[\w-]+)+([/?#]\S*)?$/.test(href)) return `https://${href}`
  return ""
}
