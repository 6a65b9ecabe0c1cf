// Saves a form while it is written in: <form data-autosave-url="…"> with an element [data-autosave-state] for what is said.
//
// A moment after the last change it sends the fields that have changed, and all hidden ones (base versions). The server
// answers 200 {"saved_at": "14.02"}, with "warning": text for what is kept but could not be saved for good,
// 409 {"conflict": url} or 422 {"error": text}; see answers.js for what else may come.
// Several fields may have one name, as the clauses of a proposal do: they are sent, kept and restored together.

import { answerOf, freshToken } from "richtext/answers"
import { forget, keep, kept } from "richtext/kept"
import { make } from "richtext/dom"
import { editors, setText } from "richtext/editors"
import { say } from "richtext/labels"

const PAUSE = 1500
const FIRST_RETRY = 2000
const LAST_RETRY = 60_000
const MOST_BYTES = 5 * 1024 * 1024

const autosaves = new Map() // form → autosave

class Autosave {
  constructor(form) {
    this.form = form
    this.url = form.dataset.autosaveUrl
    this.state = form.querySelector("[data-autosave-state]") ?? make("p")
    this.changes = this.saved = 0
    this.touched = new Set()
    this.delay = FIRST_RETRY
    this.isLeaving = false
    this.offerKept()
  }

  get isUnsaved() {
    return this.changes > this.saved && !this.isLeaving
  }

  get data() {
    const isSent = ({ name, type }) => this.touched.has(name) || (type === "hidden" && name !== "csrfmiddlewaretoken")
    const names = new Set([...this.form.elements].filter(isSent).map(({ name }) => name))
    const data = new FormData()
    for (const [name, value] of new FormData(this.form)) if (names.has(name)) data.append(name, value)
    return data
  }

  changed(field) {
    this.isLeaving = false
    this.changes += 1
    this.touched.add(field.name)
    this.isStopped = false
    this.later(PAUSE)
  }

  later(delay) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), delay)
  }

  async save(options = {}) {
    clearTimeout(this.timer)
    if (!this.isUnsaved || this.isStopped) return
    if (this.request) return (this.isWaiting = true)
    const { changes, data } = this
    if (sizeOf(data) > MOST_BYTES) return this.refused({ text: say("tooLarge") })

    this.request = new AbortController()
    const answer = await answerOf(this.url, data, { signal: this.request.signal, ...options })
    this.request = null
    this.take(answer, changes)
    if (this.isWaiting) this.later(0)
    this.isWaiting = false
  }

  take(answer, changes) {
    if (answer.kind === "saved") this.wasSaved(answer, changes)
    else if (answer.kind === "refused") this.refused(answer)
    else if (answer.kind === "unreached") this.tryAgain(answer)
  }

  wasSaved({ text, warning }, changes) {
    this.saved = changes
    this.delay = FIRST_RETRY
    if (!this.isUnsaved) forget(this.url)
    this.tell(warning ? "warning" : "saved", text)
  }

  // The server will say the same again until the text is another.
  refused({ text, link }) {
    this.isStopped = true
    this.tell("unsaved", text, link)
    this.keepHere()
  }

  tryAgain({ text }) {
    this.tell("unsaved", text)
    this.keepHere()
    this.later(this.delay)
    this.delay = Math.min(2 * this.delay, LAST_RETRY)
  }

  tell(kind, text, link) {
    this.state.dataset.autosaveState = kind
    this.state.replaceChildren(text, ...(link ? [" ", make("a", { href: link, textContent: say("compare") })] : []))
  }

  keepHere() {
    if (!keep(this.url, this.data)) this.state.append(" ", say("notKept"))
  }

  offerKept() {
    const found = kept(this.url)
    const differing = [...byName(found?.values ?? [])].filter(([name, values]) => this.differs(name, values))
    if (!differing.length) return forget(this.url)
    const offer = make("div", { className: "note note-risk rt-kept", role: "group", "aria-label": say("keptTitle") })
    const choose = (action) => () => {
      offer.remove()
      action()
    }
    offer.append(
      make("p", { textContent: say("kept", { time: found.time }) }),
      button("restore", choose(() => differing.forEach(([name, values]) => this.restore(name, values)))),
      button("discard", choose(() => forget(this.url))),
    )
    this.form.prepend(offer)
  }

  fields(name) {
    return [...this.form.elements].filter((field) => field.name === name && field.type !== "hidden")
  }

  differs(name, values) {
    const fields = this.fields(name)
    return fields.length > 0 && said(fields.map(({ value }) => value)) !== said(values)
  }

  restore(name, values) {
    const count = values.length
    this.fields(name).at(-1).dispatchEvent(new CustomEvent("autosave:more", { bubbles: true, detail: { count } }))
    this.fields(name).forEach((field, place) => fill(field, values[place] ?? ""))
  }

  // The form itself is sent: what was on its way to the draft may not arrive after it.
  leave(event) {
    if (sizeOf(new FormData(this.form)) > MOST_BYTES) {
      event.preventDefault()
      event.stopImmediatePropagation()
      return this.refused({ text: say("tooLarge") })
    }
    clearTimeout(this.timer)
    this.request?.abort()
    if (this.isUnsaved) keep(this.url, this.data)
    freshToken(this.form)
    this.isLeaving = true
  }

  wasSent() {
    this.saved = this.changes
    forget(this.url)
  }

  stop() {
    this.save()
    clearTimeout(this.timer)
  }
}

function button(name, onclick) {
  return make("button", { type: "button", className: "btn btn-secondary btn-sm", textContent: say(name), onclick })
}

function byName(values) {
  const named = new Map()
  for (const [name, value] of values) named.set(name, [...(named.get(name) ?? []), value])
  return named
}

// Where among them an empty field stands says nothing.
function said(values) {
  return JSON.stringify(values.filter(Boolean).map((value) => value.replace(/\r\n/g, "\n")))
}

function fill(field, value) {
  if (editors.has(field)) return setText(field, value)
  field.value = value
  field.dispatchEvent(new Event("input", { bubbles: true }))
}

function sizeOf(data) {
  return new Blob([...data.values()]).size
}

function attach(root) {
  const forms = [...(root.matches?.("form[data-autosave-url]") ? [root] : []), ...root.querySelectorAll("form[data-autosave-url]")]
  for (const form of forms) if (!autosaves.has(form)) autosaves.set(form, new Autosave(form))
}

function detach(root) {
  for (const [form, autosave] of autosaves) {
    if (!root.contains(form)) continue
    autosave.stop()
    autosaves.delete(form)
  }
}

attach(document)
document.addEventListener("htmx:load", (event) => attach(event.detail.elt))
document.addEventListener("htmx:beforeCleanupElement", (event) => detach(event.detail.elt))
document.addEventListener("input", (event) => autosaves.get(event.target.form)?.changed(event.target))
document.addEventListener("submit", (event) => autosaves.get(event.target)?.leave(event), { capture: true })
// A form that htmx sent and that is still here is not left after all.
document.addEventListener("htmx:afterRequest", (event) => {
  const autosave = autosaves.get(event.detail.elt)
  if (!autosave) return
  if (event.detail.successful) autosave.wasSent()
  autosave.isLeaving = false
})
window.addEventListener("online", () => autosaves.forEach((autosave) => autosave.save()))
document.addEventListener("visibilitychange", () => {
  if (document.hidden) autosaves.forEach((autosave) => autosave.save())
})
window.addEventListener("beforeunload", (event) => {
  if ([...autosaves.values()].some(({ isUnsaved }) => isUnsaved)) event.preventDefault()
})
