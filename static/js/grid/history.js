// Changing cells, and taking changes back: one call is one step, whether a keystroke or a pasted block.

import { say } from "grid/words"

export class History {
  constructor(grid) {
    this.grid = grid
    this.past = []
    this.future = []
  }

  // Take what was written into cells: pairs of cell and text. Return the changes that this came to.
  write(pairs) {
    const changes = pairs.map(([cell, text]) => ({ cell, before: cell.state, after: cell.column.read(text) })).filter(isChange)
    if (!changes.length) return changes
    this.past.push(changes)
    this.future = []
    this.apply(changes, "after")
    this.tellFirstProblem(changes)
    return changes
  }

  tellFirstProblem(changes) {
    const wrong = changes.find(({ after }) => after.problem)
    if (wrong) this.grid.messages.tell(`${this.grid.messages.nameOf(wrong.cell)}: ${wrong.after.problem}`, "bad")
  }

  apply(changes, side) {
    for (const change of changes) this.grid.change(change.cell, change[side])
    this.grid.changed(changes.map(({ cell }) => cell))
  }

  undo() {
    this.move(this.past, this.future, "before", "undone")
  }

  redo() {
    this.move(this.future, this.past, "after", "redone")
  }

  move(from, to, side, words) {
    const changes = from.pop()
    if (!changes) return this.grid.messages.tell(say("nothingToUndo"))
    to.push(changes)
    this.apply(changes, side)
    this.grid.selection.go(changes[0].cell)
    this.grid.messages.tell(say(words, { count: changes.length }))
  }

  // Somebody else has changed the cell: going back over that would put an old value in place of theirs.
  forget(cell) {
    for (const steps of [this.past, this.future]) {
      for (const changes of steps) remove(changes, (change) => change.cell === cell)
      remove(steps, (changes) => !changes.length)
    }
  }
}

function isChange({ cell, before, after }) {
  return before.value !== after.value || before.problem !== after.problem || cell.mark === "conflict"
}

function remove(list, isGone) {
  const kept = list.filter((each) => !isGone(each))
  list.splice(0, list.length, ...kept)
}
