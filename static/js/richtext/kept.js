// Text that did not reach the server, kept in this tab until it does: through a reload, a log-in, a crash.
// Not in localStorage: what is written here may not lie about on a computer that others use.

const keyOf = (url) => `richtext ${url}`

// A time of day as the server writes it: 14.02.
const clock = (moment) => [moment.getHours(), moment.getMinutes()].map((part) => String(part).padStart(2, "0")).join(".")

export function keep(url, data) {
  const values = [...data]
  try {
    sessionStorage.setItem(keyOf(url), JSON.stringify({ values, time: clock(new Date()) }))
    return true
  } catch {
    return false // no room, or storage is switched off
  }
}

export function kept(url) {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(url)))
  } catch {
    return null
  }
}

export function forget(url) {
  try {
    sessionStorage.removeItem(keyOf(url))
  } catch {
    // Without storage there is nothing to forget.
  }
}
