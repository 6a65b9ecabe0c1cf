// Typed numbers that the register knows are underlined and listed below the text: a click, a key or the list links them.
// Which they are the server says (core/near.py): it is asked for each sentence with a digit once, a while after the last
// key. Nothing of this is stored in the text.

import { Extension, pm } from "django-prose-editor/editor"

import { writeArgs } from "richtext/args"
import { whenClosed } from "richtext/dialogs"
import { make } from "richtext/dom"
import { say } from "richtext/labels"
import { token } from "shared/token"

const PAUSE = 900
const CHIP = "\ufffc" // core/richtext/references.py
const SENTENCE_END = /(?<=[.!?…])\s+(?=[A-ZÅÄÖ\ufffc”–])/g // core/richtext/plain.py
const key = new pm.state.PluginKey("near")

export const Near = Extension.create({
  name: "near",

  addStorage: () => ({ watch: null }),

  // Asked for more than once while an editor is made, so what it remembers is kept in the storage.
  addProseMirrorPlugins() {
    const dialog = document.getElementById("near-dialog")
    if (!dialog || !this.editor.isEditable) return []
    this.storage.watch ??= new Watch(this.editor, dialog)
    return [plugin(this.storage.watch)]
  },

  addKeyboardShortcuts() {
    return { "Mod-.": () => openAt(this.editor, this.editor.state.selection.from) }
  },
})

function plugin(watch) {
  return new pm.state.Plugin({
    key,
    state: { init: (_config, { doc }) => pm.view.DecorationSet.create(doc, []), apply: marksAfter },
    props: {
      decorations: (state) => key.getState(state),
      handleClick: (_view, place) => openAt(watch.editor, place),
    },
    view: () => {
      watch.later()
      return {
        update: (view, before) => view.state.doc.eq(before.doc) || watch.later(),
        destroy: () => watch.stop(),
      }
    },
  })
}

// A number that is written in is another number: it is looked at anew.
function marksAfter(tr, marks) {
  const set = tr.getMeta(key) ?? marks
  if (!tr.docChanged) return set
  const mapped = set.map(tr.mapping, tr.doc)
  return mapped.remove(mapped.find().filter(({ from, to, spec }) => tr.doc.textBetween(from, to) !== spec.text))
}

function openAt(editor, place) {
  const [mark] = key.getState(editor.state)?.find(place, place) ?? []
  if (!mark) return false
  editor.storage.near.watch.open(mark.spec)
  return true
}

class Watch {
  constructor(editor, dialog) {
    this.editor = editor
    this.dialog = dialog
    this.answers = new Map() // sentence → what the register knows of it
    this.left = new Set() // what the writer lets stand
  }

  later() {
    this.isStopped = false
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.check(), PAUSE)
  }

  stop() {
    clearTimeout(this.timer)
    this.list?.remove()
    this.list = null
    this.isStopped = true
  }

  async check() {
    const asked = new Set(sentencesIn(this.editor.state.doc).map(({ text }) => text))
    const unknown = [...asked].filter((text) => !this.answers.has(text))
    try {
      if (unknown.length) (await this.ask(unknown)).forEach((hits, place) => this.answers.set(unknown[place], hits))
    } catch {
      return // it is an aid only; the next change asks again
    }
    if (!this.isStopped) this.show()
  }

  async ask(sentences) {
    const data = new FormData()
    data.append("heading", this.heading)
    for (const sentence of sentences) data.append("sentence", sentence)
    const headers = { Accept: "application/json", "X-CSRFToken": token() }
    const response = await fetch(this.dialog.dataset.url, { method: "POST", body: data, headers })
    if (!response.ok || response.redirected) throw new Error(response.statusText)
    return (await response.json()).found
  }

  get textarea() {
    return this.editor.view.dom.closest(".prose-editor")?.querySelector("textarea")
  }

  get heading() {
    return document.querySelector(`label[for="${this.textarea?.id}"]`)?.textContent.trim() ?? ""
  }

  // The text may have changed while the server was asked: what it has now is looked up.
  show() {
    const { doc, tr } = this.editor.state
    const marks = sentencesIn(doc).flatMap(({ text, start }) =>
      (this.answers.get(text) ?? []).filter((hit) => !this.left.has(nameOf(hit, text))).map((hit) => mark(hit, text, start)),
    )
    const found = marks.map(({ spec }) => spec)
    this.editor.view.dispatch(tr.setMeta(key, pm.view.DecorationSet.create(doc, marks)).setMeta("addToHistory", false))
    this.tell(found)
  }

  // The list is the way for who does not see the line or has no mouse; it stands where Tab leads from the text.
  tell(found) {
    this.list ??= this.addList()
    const [summary, items] = this.list.children
    const words = found.length ? say("nearFound", { count: found.length }) : ""
    if (summary.textContent !== words) summary.textContent = words
    items.replaceChildren(...found.map((spec) => make("li", {}, this.button(spec))))
    this.list.classList.toggle("is-empty", !found.length)
  }

  addList() {
    const list = make("div", { className: "rt-near-list" }, make("p", { role: "status" }), make("ul"))
    this.editor.view.dom.closest(".prose-editor").after(list)
    return list
  }

  button(spec) {
    const words = say(spec.hit.agrees ? "nearAgrees" : "nearDiffers", { typed: spec.text, text: spec.hit.choices[0].text })
    return make("button", { type: "button", className: "btn btn-quiet btn-sm", textContent: words, onclick: () => this.open(spec) })
  }

  open(spec) {
    const form = this.dialog.querySelector("form")
    const [first] = spec.hit.choices
    this.dialog.querySelector("h2").textContent = say("nearTitle", { text: first.text })
    form.querySelector("[data-near-choices]").replaceChildren(
      make("legend", { textContent: say("nearTyped", { typed: spec.text }) }),
      ...spec.hit.choices.map(option),
    )
    whenClosed(this.dialog, (choice) => {
      if (choice === "link") this.link(spec, spec.hit.choices[form.elements.near.value])
      else if (choice === "leave") this.leave(spec)
      else this.editor.commands.focus()
    })
  }

  // One step to undo. Inside a mask the value is masked too.
  link(spec, { name, args, text }) {
    const { state, view } = this.editor
    const [place] = key.getState(state).find(undefined, undefined, (other) => other === spec)
    if (!place) return
    const marks = state.doc.resolve(place.from + 1).marks()
    const chip = state.schema.nodes.figureRef.create({ figure: name, args: writeArgs(args), text }, null, marks)
    view.dispatch(state.tr.replaceWith(place.from, place.to, chip).scrollIntoView())
    this.show()
    this.editor.commands.focus()
  }

  leave(spec) {
    this.left.add(nameOf(spec.hit, spec.sentence))
    this.show()
    this.editor.commands.focus()
  }
}

const nameOf = (hit, sentence) => `${hit.start} ${sentence}`

function mark(hit, sentence, start) {
  const [from, to] = [hit.start, hit.end].map((place) => unitsOf(sentence, place))
  const text = sentence.slice(from, to)
  const attributes = {
    class: hit.agrees ? "rt-near" : "rt-near rt-near-differs",
    title: say("nearTitle", { text: hit.choices[0].text }),
  }
  return pm.view.Decoration.inline(start + from, start + to, attributes, { hit, sentence, text })
}

// The server counts characters, the browser units of UTF-16.
function unitsOf(text, place) {
  return [...text].slice(0, place).join("").length
}

function sentencesIn(doc) {
  const found = []
  doc.descendants((node, place) => {
    if (!node.isTextblock) return true
    const text = node.textBetween(0, node.content.size, "", CHIP)
    let start = 0
    for (const end of [...text.matchAll(SENTENCE_END), null]) {
      const sentence = text.slice(start, end?.index)
      if (/\d/.test(sentence)) found.push({ text: sentence, start: place + 1 + start })
      if (end) start = end.index + end[0].length
    }
    return false
  })
  return found
}

function option({ label, text }, place) {
  return make(
    "label",
    { className: "rt-option" },
    make("input", { type: "radio", name: "near", value: place, checked: place === 0 }),
    make("span", { textContent: label }),
    make("span", { className: "rt-option-text", textContent: text }),
  )
}
