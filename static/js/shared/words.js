// Translated words, which the page writes into an element of JSON.

export function wordsOf(id) {
  const source = document.getElementById(id)
  const words = source ? JSON.parse(source.textContent) : {}
  return (key, values = {}) => (words[key] ?? key).replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "")
}
