// Swedish numbers as people type and paste them: the twin of core/reading.py, held to the same table of cases
// (tests/fixtures/reading/numbers.json). Nothing is guessed; what could be two numbers is refused.

const LONGEST = 15
const SPACES = /[\s\u00a0\u2007\u2009\u202f]+/g
const PLAIN = /^([+-]?)([0-9]{1,3}(?: [0-9]{3})+|[0-9]*)(?:[.,]([0-9]*))?$/
const POINTS_FOR_THOUSANDS = /^[+-]?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]*)?$/
const BADLY_SPACED = /^[+-]?[0-9][0-9 ]*([.,][0-9 ]*)?$/
const TWO_MARKS = /^[+-]?[0-9 ]*([.,][0-9 ]*){2,}$/

// {value: "-720512"}, "" for an empty text, or {reason, values} for what cannot be read.
export function readNumber(text, { decimals = null, percent = false } = {}) {
  const written = text.replace(SPACES, " ").trim()
  if (written === "") return { value: "" }
  if (written === "-") return { value: "0" } // Excel's zero
  const number = leadingMinus(written)
  if (!number.endsWith("%")) return plain(number, decimals)
  return percent ? plain(number.slice(0, -1).trim(), decimals) : { reason: "percent" }
}

function leadingMinus(written) {
  const text = written.replace(/[\u2212\u2013]/g, "-").replace(/\s*(kr|:-)$/i, "")
  if (/^\([^()+-]+\)$/.test(text)) return `-${text.slice(1, -1).trim()}`
  if (/^[0-9][0-9 ,.]*-$/.test(text)) return `-${text.slice(0, -1).trim()}`
  return text.replace(/^([+-]) /, "$1")
}

function plain(text, decimals) {
  const found = PLAIN.exec(text)
  if (text === "-" || text === "+") return { reason: "dash" }
  if (POINTS_FOR_THOUSANDS.test(text.replaceAll(" ", "")) || (text.includes(".") && text.includes(",")))
    return { reason: "points" }
  if (found && (found[2] || found[3])) return checked(found, decimals)
  if (TWO_MARKS.test(text)) return { reason: "marks" }
  return { reason: BADLY_SPACED.test(text) ? "spaces" : "not_a_number" }
}

function checked([, sign, whole, rest = ""], decimals) {
  const digits = whole.replaceAll(" ", "").replace(/^0+/, "")
  const part = rest.replace(/0+$/, "")
  if (decimals !== null && part.length > decimals)
    return decimals ? { reason: "decimals", values: { decimals } } : { reason: "whole" }
  if (digits.length + part.length > LONGEST) return { reason: "long" }
  const number = (digits || "0") + (part && `.${part}`)
  return { value: sign === "-" && number !== "0" ? `-${number}` : number }
}
