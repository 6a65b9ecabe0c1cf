// Exact sums and Swedish writing of canonical numbers such as "-720512.5": no number passes through a float.
// The twin of core/formats.py, held to the same cases (tests/fixtures/reading/written.json).

const PLACES = 15
const ONE = 10n ** BigInt(PLACES)
const NBSP = "\u00a0"

// A canonical number as whole units of 10^-15, which can be added.
export function unitsOf(value) {
  const [whole, part = ""] = value.replace("-", "").split(".")
  const units = BigInt(whole) * ONE + BigInt(part.padEnd(PLACES, "0").slice(0, PLACES))
  return value.startsWith("-") ? -units : units
}

export function canonicalOf(units) {
  const { sign, whole, part } = parts(units)
  const kept = part.replace(/0+$/, "")
  return sign + whole + (kept && `.${kept}`)
}

// As the page shows it, rounded half away from zero: "-720 512", "57,7".
export function formatNumber(value, decimals = 0) {
  const { sign, whole, part } = parts(rounded(unitsOf(value), decimals))
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, NBSP)
  return sign + grouped + (decimals ? `,${part.slice(0, decimals)}` : "")
}

function rounded(units, decimals) {
  const step = 10n ** BigInt(PLACES - decimals)
  const size = units < 0n ? -units : units
  const nearest = ((size + step / 2n) / step) * step
  return units < 0n ? -nearest : nearest
}

function parts(units) {
  const size = units < 0n ? -units : units
  return { sign: units < 0n ? "-" : "", whole: `${size / ONE}`, part: `${size % ONE}`.padStart(PLACES, "0") }
}
