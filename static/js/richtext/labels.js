// The words on the editor's buttons and in its messages. They come translated from core/_richtext_head.html.

const source = document.getElementById("richtext-labels")
const words = source ? JSON.parse(source.textContent) : {}

export function say(key, values = {}) {
  return (words[key] ?? key).replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "")
}
