// Keyboard and pointer, as in a spreadsheet.

import { say } from "grid/words"

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

export class Keys {
  constructor(grid) {
    this.grid = grid
    this.isLeaving = false // after Esc, Tab leaves the grid
    this.wasHere = false // the cell had focus before it was touched
    const { table } = grid
    table.addEventListener("keydown", (event) => grid.isOn && this.pressed(event))
    table.addEventListener("mousedown", (event) => grid.isOn && this.down(event))
    table.addEventListener("mouseover", (event) => grid.isOn && this.over(event))
    table.addEventListener("click", (event) => grid.isOn && this.tapped(event))
    table.addEventListener("dblclick", (event) => grid.isOn && this.twice(event))
    table.addEventListener("focusin", (event) => grid.isOn && this.focused(event))
  }

  pressed(event) {
    const isDone = this.grid.editing.isOn ? this.inField(event) : this.inGrid(event)
    if (!["Escape", "Shift"].includes(event.key)) this.isLeaving = false
    if (isDone) event.preventDefault()
  }

  // Each returns whether the key has done its work here.

  inField({ key, shiftKey, isComposing }) {
    const { editing, selection } = this.grid
    if (isComposing) return false
    if (key === "Escape") return done(editing.stop({ keep: false }))
    if (key === "Enter") return done(editing.stop(), selection.step(shiftKey ? -1 : 1, 0))
    if (key === "Tab") return done(editing.stop()) && selection.tab(shiftKey ? -1 : 1)
    if (!(key in ARROWS) || !editing.wasTyped || editing.field.matches("select")) return false
    return done(editing.stop(), selection.step(...ARROWS[key]))
  }

  inGrid(event) {
    const { key, altKey } = event
    const isCommand = event.ctrlKey || event.metaKey
    if (key === "ArrowDown" && altKey) return done(this.grid.editing.start())
    if (key in ARROWS && !altKey) return this.arrow(event, isCommand)
    if (key === "Tab" && !isCommand) return !this.isLeaving && this.grid.selection.tab(event.shiftKey ? -1 : 1)
    if (isCommand && this.command(event)) return true
    return this.plain(event) || (!isCommand && !altKey && this.typed(key))
  }

  arrow({ key, shiftKey: extend }, isCommand) {
    const { selection } = this.grid
    return done(isCommand ? selection.edge(...ARROWS[key], { extend }) : selection.step(...ARROWS[key], { extend }))
  }

  command({ key, shiftKey }) {
    const { selection, history } = this.grid
    const corners = { Home: [-1, -1], End: [1, 1] }
    if (key in corners) return done(selection.edge(...corners[key], { extend: shiftKey }))
    const acts = {
      a: () => selection.all(),
      d: () => this.grid.fillDown(),
      z: () => (shiftKey ? history.redo() : history.undo()),
      y: () => history.redo(),
    }
    const act = acts[key.toLowerCase()]
    return act ? done(act()) : false
  }

  plain({ key, shiftKey: extend }) {
    const { selection, editing } = this.grid
    const acts = {
      Home: () => selection.edge(0, -1, { extend }),
      End: () => selection.edge(0, 1, { extend }),
      PageUp: () => selection.page(-1, { extend }),
      PageDown: () => selection.page(1, { extend }),
      Enter: () => editing.start(),
      F2: () => editing.start(),
      Delete: () => this.grid.clear(),
      Backspace: () => this.grid.clear(),
      Escape: () => this.leave(),
    }
    return acts[key] ? done(acts[key]()) : false
  }

  typed(key) {
    const { selection, editing } = this.grid
    if (key.length !== 1 || key === " " || !selection.at.isOpen) return false
    return done(editing.start(key))
  }

  leave() {
    this.isLeaving = true
    this.grid.selection.go(this.grid.selection.at)
    this.grid.messages.tell(say("leave"))
  }

  down(event) {
    const cell = this.grid.cells.of(event.target)
    const { editing, selection } = this.grid
    if (!cell || event.button || editing.field?.contains(event.target) || event.target.closest("a")) return
    event.preventDefault()
    editing.stop({ focus: false })
    this.wasHere = cell.element === document.activeElement
    selection.go(cell, { extend: event.shiftKey })
  }

  over(event) {
    const cell = this.grid.cells.of(event.target)
    if (cell && event.buttons === 1 && !this.grid.editing.isOn) this.grid.selection.go(cell, { extend: true })
  }

  // By finger the second tap on a cell begins to write.
  tapped(event) {
    if (event.pointerType === "touch" && this.wasHere && !this.grid.editing.isOn && this.grid.cells.of(event.target))
      this.grid.editing.start()
  }

  twice(event) {
    if (this.grid.cells.of(event.target) && !this.grid.editing.isOn) this.grid.editing.start()
  }

  // A screen reader has moved the focus by itself.
  focused(event) {
    const cell = this.grid.cells.byElement.get(event.target)
    if (cell && cell !== this.grid.selection.at) this.grid.selection.go(cell, { focus: false })
  }
}

function done() {
  return true
}
