// Live sums and formulas. The server's are the truth; these follow while one writes.

import { canonicalOf, unitsOf } from "grid/numbers"

export class Formulas {
  constructor(cells, looks) {
    this.cells = cells
    this.looks = looks
    this.computed = cells.all.filter((cell) => cell.calc)
    this.adding = cells.all.filter((cell) => "adds" in cell.tr.dataset && "adds" in cell.tr.parentElement.dataset)
  }

  // After these cells have changed: their rows, the heads of their groups, and the last row.
  follow(changed) {
    const rows = new Set(changed.map((cell) => cell.row))
    const groups = new Set(changed.map((cell) => cell.tr.parentElement))
    const concerns = {
      row: (cell) => rows.has(cell.row),
      group: (cell) => groups.has(cell.tr.parentElement),
      all: () => true,
    }
    for (const cell of this.computed) if (concerns[cell.calc](cell)) this.put(cell, this.found(cell))
  }

  put(cell, found) {
    const value = found.units === null ? "" : canonicalOf(found.units)
    const isPartial = value !== "" && found.isPartial
    if (cell.value === value && cell.isPartial === isPartial) return
    Object.assign(cell, { value, isPartial })
    this.looks.paint(cell)
  }

  // What a cell comes to, in units; null for nothing. What cannot be read is left out, and said.
  found(cell) {
    if (cell.column.terms.length) return this.inRow(cell)
    if (cell.calc) return total(this.above(cell).map((other) => ({ sign: 1n, ...this.found(other) })))
    return { units: cell.value === "" || cell.isUnread ? null : unitsOf(cell.value), isPartial: cell.isUnread }
  }

  above(cell) {
    return this.adding.filter(
      (other) =>
        other.place === cell.place && (cell.calc === "all" || other.tr.parentElement === cell.tr.parentElement),
    )
  }

  // A sum takes what is there; a difference needs all its terms.
  inRow(cell) {
    const terms = cell.column.terms.map(({ sign, key }) => ({ sign, ...this.found(this.cells.inRow(cell, key)) }))
    const isDifference = terms.some(({ sign }) => sign < 0n)
    const { units, isPartial } = total(terms)
    const isMissing = isDifference && terms.some((term) => term.units === null)
    return { units: isMissing ? null : units, isPartial }
  }
}

function total(terms) {
  const there = terms.filter(({ units }) => units !== null)
  return {
    units: there.length ? there.reduce((sum, { sign, units }) => sum + sign * units, 0n) : null,
    isPartial: terms.some(({ isPartial }) => isPartial),
  }
}
