// What a column takes and how it shows it: the twin of core/grid/columns.py. The server has the last word.

import { formatNumber } from "grid/numbers"
import { readNumber } from "grid/reading"
import { say } from "grid/words"

const LONGEST_TEXT = 2000

export class Column {
  constructor(head) {
    const { column, kind, decimals, options, formula } = head.dataset
    this.key = column ?? ""
    this.kind = kind ?? "label"
    this.isWide = head.classList.contains("grid-wide")
    this.label = head.firstChild?.textContent.trim() ?? ""
    this.decimals = Number(decimals ?? 0)
    this.isExact = "exact" in head.dataset
    this.options = JSON.parse(options ?? "[]")
    this.adds = "adds" in head.dataset
    this.terms = (formula ?? "").split(" ").filter(Boolean).map(termOf)
  }

  get isNumber() {
    return this.kind === "number" || this.kind === "percent"
  }

  get isChoice() {
    return this.kind === "select" || this.kind === "yesno"
  }

  // {value, problem}: the canonical value, or what was written and what is wrong with it.
  read(text) {
    if (this.isNumber) return this.readNumber(text)
    if (this.isChoice) return this.readChoice(text)
    const value = text.trim().replace(/\r\n?/g, "\n")
    return value.length > LONGEST_TEXT ? { value, problem: say("tooLong", { most: LONGEST_TEXT }) } : { value, problem: "" }
  }

  readNumber(text) {
    const { value, reason, values } = readNumber(text, { decimals: this.decimals, percent: this.kind === "percent" })
    return reason ? { value: text.trim(), problem: say(`reason.${reason}`, values) } : { value, problem: "" }
  }

  readChoice(text) {
    const wanted = text.trim().toLowerCase()
    const found = this.options.find(([value, label]) => [value, label].some((each) => each.toLowerCase() === wanted))
    if (found) return { value: found[0], problem: "" }
    const options = this.options.filter(([value]) => value).map(([, label]) => label)
    return { value: text.trim(), problem: say("chooseOne", { options: options.join(", ") }) }
  }

  // For people: "-720 512", "8,0 %", "Ja".
  shown(value) {
    if (value === "") return ""
    if (this.isNumber) return formatNumber(value, this.places(value)) + (this.kind === "percent" ? "\u00a0%" : "")
    return this.labelOf(value)
  }

  places(value) {
    return this.isExact ? Math.min(this.decimals, value.split(".")[1]?.length ?? 0) : this.decimals
  }

  // For a field, and for Excel: all decimals, no thousands.
  written(value) {
    if (!this.isNumber) return value && this.labelOf(value)
    return value.replace(".", ",") + (this.kind === "percent" && value ? " %" : "")
  }

  labelOf(value) {
    return this.options.find(([each]) => each === value)?.[1] ?? value
  }
}

function termOf(term) {
  return { sign: term.startsWith("-") ? -1n : 1n, key: term.slice(1) }
}
