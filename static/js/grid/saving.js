// Saving: everything that has changed goes in one request, one at a time, and each cell is answered for itself.
// See core/grid/changes.py for what is sent and answered.

import { make } from "shared/elements"
import { token } from "shared/token"
import { say } from "grid/words"

const PAUSE = 400
const FIRST_RETRY = 2000
const LAST_RETRY = 60_000

export class Saving {
  constructor(grid, { url, loginUrl }) {
    Object.assign(this, { grid, url, loginUrl })
    this.waiting = new Set()
    this.isSending = false
    this.delay = FIRST_RETRY
    window.addEventListener("online", () => this.later(0))
    document.addEventListener("visibilitychange", () => this.later(0))
    window.addEventListener("beforeunload", (event) => this.isUnsaved && event.preventDefault())
  }

  get isUnsaved() {
    return this.waiting.size > 0 || this.isSending || this.grid.cells.all.some((cell) => cell.message)
  }

  // A cell that cannot be read waits until it is put right.
  queue(cell) {
    if (cell.isUnread) this.waiting.delete(cell)
    else this.waiting.add(cell)
    this.later(PAUSE)
  }

  later(delay) {
    clearTimeout(this.timer)
    if (this.waiting.size) this.timer = setTimeout(() => this.send(), delay)
  }

  async send() {
    if (this.isSending || !this.waiting.size) return
    const batch = new Map([...this.waiting].map((cell) => [cell, cell.value]))
    this.waiting.clear()
    this.isSending = true
    for (const cell of batch.keys()) this.grid.mark(cell, "saving")
    this.grid.messages.tell(say("saving"))
    const pause = await this.exchange(batch)
    this.isSending = false
    this.later(pause)
  }

  // Send, take the answer, and return how long to wait before what is left is sent.
  async exchange(batch) {
    try {
      const response = await fetch(this.url, requestOf(batch))
      if (response.type === "opaqueredirect" || response.status === 401) return this.loggedOut(batch)
      if (response.status >= 500 || response.status === 429) return this.unreached(batch, "failed")
      if (!response.ok) return await this.refused(batch, response)
      this.take(await response.json(), batch)
      this.delay = FIRST_RETRY
      return PAUSE
    } catch {
      return this.unreached(batch, "offline")
    }
  }

  // Did it arrive? Sending it again is harmless either way, and what was sent is remembered for `take`.
  unreached(batch, words) {
    for (const [cell, value] of batch) cell.sent.add(value)
    this.putBack(batch)
    this.grid.messages.tell(say(words), "bad", this.tryNow())
    const { delay } = this
    this.delay = Math.min(2 * delay, LAST_RETRY)
    return delay
  }

  loggedOut(batch) {
    this.putBack(batch)
    const way = make("a", { href: this.loginUrl, target: "_blank", rel: "noopener", textContent: say("logIn") })
    this.grid.messages.tell(say("loggedOut"), "bad", way, this.tryNow())
    return LAST_RETRY
  }

  async refused(batch, response) {
    this.putBack(batch)
    const { message } = await response.json().catch(() => ({}))
    this.grid.messages.tell(say("refused", { message: message ?? response.status }), "bad", this.tryNow())
    return LAST_RETRY
  }

  tryNow() {
    const button = make("button", { type: "button", className: "btn btn-quiet btn-sm", textContent: say("tryNow") })
    button.addEventListener("click", () => this.later(0))
    return button
  }

  putBack(batch) {
    for (const cell of batch.keys()) {
      if (cell.isUnread) continue
      this.grid.mark(cell, "changed")
      this.waiting.add(cell)
    }
  }

  // The answer, cell by cell. What was written while it was on its way stays, and is sent with the new version.
  take(answer, batch) {
    const each = (list, act) => {
      for (const item of list) {
        const cell = this.grid.cells.named(item)
        if (cell) act(cell, item, cell.value !== batch.get(cell))
      }
    }
    each(answer.saved, (cell, item, isNewer) => this.wasSaved(cell, item, isNewer))
    each(answer.errors, (cell, item, isNewer) => !isNewer && this.grid.mark(cell, "wrong", item.message))
    each(answer.conflicts, (cell, item) => this.conflict(cell, item))
    each(answer.shown, (cell, item) => this.show(cell, item))
    this.grid.formulas.follow([...batch.keys()])
    this.tell(answer)
  }

  wasSaved(cell, { version, value }, isNewer) {
    Object.assign(cell, { version, seen: value })
    cell.sent.clear()
    if (isNewer) return
    cell.value = value
    this.grid.mark(cell, "saved")
  }

  conflict(cell, { version, value, message }) {
    Object.assign(cell, { version, seen: value })
    // No conflict but one's own value, whose answer was lost on the way.
    if (cell.sent.has(value)) return this.queue(cell)
    this.waiting.delete(cell)
    cell.theirs = value
    this.grid.history.forget(cell)
    this.grid.mark(cell, "conflict", message)
  }

  // A cell beside those that were saved shows something else now.
  show(cell, { value, version, note, state }) {
    Object.assign(cell, { note, noteState: state })
    if (!this.waiting.has(cell) && !cell.message) Object.assign(cell, { value, version, seen: value })
    this.grid.paint(cell)
    this.grid.formulas.follow([cell])
  }

  tell({ saved, errors, conflicts, saved_at: time }) {
    const wrong = [...errors, ...conflicts]
    if (!wrong.length) return this.grid.messages.tell(say("saved", { time }), "ok")
    const cell = this.grid.cells.named(wrong[0])
    const where = cell ? this.grid.messages.nameOf(cell) : wrong[0].row
    const values = { saved: saved.length, wrong: wrong.length, where, message: wrong[0].message }
    this.grid.messages.tell(say("savedSome", values), "bad")
  }

  keepMine(cell) {
    this.grid.mark(cell, "changed")
    this.queue(cell)
    this.grid.selection.go(cell)
  }

  takeTheirs(cell) {
    Object.assign(cell, { value: cell.theirs, isUnread: false })
    this.grid.mark(cell, "saved")
    this.grid.formulas.follow([cell])
    this.grid.selection.go(cell)
  }
}

function requestOf(batch) {
  const cells = [...batch].map(([{ key: row, column, version, seen }, value]) => ({
    row,
    column: column.key,
    value,
    version,
    seen,
  }))
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token() }
  // Who is logged out is sent to the log-in page, which is no answer to this.
  return { method: "PATCH", redirect: "manual", headers, body: JSON.stringify({ cells }) }
}
