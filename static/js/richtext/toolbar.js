// The toolbar above a text, and what makes the text a named field to a screen reader.
// One stop of Tab; arrows move inside (the toolbar pattern of WAI-ARIA).

import { Extension } from "django-prose-editor/editor"

import { ask } from "richtext/ask"
import { icon, make } from "richtext/dom"
import { say } from "richtext/labels"
import { room } from "richtext/room"
import { GROUPS } from "richtext/tools"

const bars = new Set()

export const Toolbar = Extension.create({
  name: "toolbar",
  priority: 1100, // before the link's own dialog, which speaks English

  addStorage: () => ({ bar: null }),

  // Named as it is made: a screen reader may stand in the text before `onCreate` is called.
  onBeforeCreate() {
    const { options } = this.editor
    const textarea = options.element.querySelector("textarea")
    const attributes = nameOf(textarea, labelOf(textarea))
    options.editorProps = { ...options.editorProps, attributes, scrollMargin: room, scrollThreshold: room }
  },

  onCreate() {
    const { editor, storage } = this
    const box = editor.view.dom
    const textarea = box.closest(".prose-editor").querySelector("textarea")
    const label = labelOf(textarea)
    label?.addEventListener("click", () => editor.commands.focus()) // the textarea it names is hidden
    if (!editor.isEditable) return
    storage.bar = bar(editor, wordsOf(textarea, label))
    box.before(storage.bar.element)
    box.after(make("span", { id: keysOf(textarea), className: "visually-hidden", textContent: say("keys") }))
    bars.add(storage.bar)
    if (bars.size > 1) storage.bar.element.hidden = true
  },

  onFocus() {
    if (this.storage.bar) showOnly(this.storage.bar, this.editor.view.dom)
  },

  onTransaction() {
    this.storage.bar?.update()
  },

  onDestroy() {
    bars.delete(this.storage.bar)
    if (bars.size === 1) [...bars][0].element.hidden = false
  },

  // The way out of a table, where Tab goes from cell to cell (WCAG 2.1.2).
  addKeyboardShortcuts() {
    const toBar = () => {
      this.storage.bar?.focus()
      return true
    }
    const toLink = () => {
      ask(this.editor, "link")
      return true
    }
    return { "Alt-F10": toBar, Escape: toBar, "Mod-k": toLink }
  },
})

const labelOf = (textarea) => document.querySelector(`label[for="${textarea.id}"]`)
const keysOf = (textarea) => `${textarea.id}_keys`

function nameOf(textarea, label) {
  const names = { "aria-multiline": "true" }
  for (const name of ["aria-invalid", "aria-label", "lang"]) {
    if (textarea.hasAttribute(name)) names[name] = textarea.getAttribute(name)
  }
  if (label) names["aria-labelledby"] = label.id ||= `${textarea.id}_label`
  if (textarea.disabled) names["aria-readonly"] = "true"
  const hints = [textarea.getAttribute("aria-describedby"), textarea.disabled ? "" : keysOf(textarea)]
  return { ...names, "aria-describedby": hints.filter(Boolean).join(" ") }
}

function wordsOf(textarea, label) {
  const words = label?.cloneNode(true)
  words?.querySelectorAll(".asteriskField").forEach((star) => star.remove())
  return (words?.textContent ?? textarea.getAttribute("aria-label") ?? "").trim().replace(/:$/, "")
}

// Of several toolbars only the one in use is shown; the text in use stays where it is on the screen.
function showOnly(shown, box) {
  if (!shown.element.hidden) return
  const before = box.getBoundingClientRect().top
  for (const { element } of bars) element.hidden = element !== shown.element
  window.scrollBy({ top: box.getBoundingClientRect().top - before, behavior: "instant" })
}

function bar(editor, label) {
  const element = make("div", { className: "rt-bar", role: "toolbar", "aria-label": say("toolbar", { label }) })
  const groups = GROUPS.map(({ tools, shown }) => {
    const buttons = tools.map((tool) => button(editor, tool))
    const group = make("div", { className: "rt-group" }, ...buttons.map(({ element }) => element))
    element.append(group)
    return { group, shown, buttons }
  })
  const usable = () => [...element.querySelectorAll(".rt-group:not([hidden]) button")]

  function moveTo(target) {
    for (const other of element.querySelectorAll("button")) other.tabIndex = other === target ? 0 : -1
  }

  function update() {
    for (const { group, shown, buttons } of groups) {
      if (shown) group.hidden = !shown(editor)
      if (!group.hidden) buttons.forEach((each) => each.update())
    }
    if (!usable().some((each) => each.tabIndex === 0)) moveTo(usable()[0])
  }

  function focus() {
    element.hidden = false
    usable().find((each) => each.tabIndex === 0).focus()
  }

  element.addEventListener("keydown", (event) => {
    const buttons = usable()
    const place = buttons.indexOf(document.activeElement)
    const next = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: -1 }[event.key]
    if (event.key === "Escape") editor.commands.focus()
    if (next === undefined) return
    event.preventDefault()
    const target = buttons.at(next % buttons.length)
    moveTo(target)
    target.focus()
  })
  element.addEventListener("click", (event) => {
    const target = event.target.closest("button")
    if (target) moveTo(target)
  })

  update()
  return { element, update, focus }
}

function button(editor, { name, icon: picture, run, active, can, keys }) {
  const element = make("button", { type: "button", className: `rt-tool rt-tool-${name}`, tabIndex: -1 })
  if (picture) element.append(icon(picture))
  element.append(make("span", { textContent: say(name) }))
  if (keys) {
    element.setAttribute("aria-keyshortcuts", keys)
    element.title = say("shortcut", { tool: say(name), keys: keys.replace("Control", say("control")) })
  }
  // Pressing must not take the selection away before the tool has used it.
  element.addEventListener("mousedown", (event) => event.preventDefault())
  element.addEventListener("click", () => element.ariaDisabled === "true" || run(editor))

  function update() {
    if (active) element.ariaPressed = String(active(editor))
    if (can) element.ariaDisabled = String(!can(editor))
  }

  return { element, update }
}
