// Reading pasted HTML without letting any of it take effect.

// A strict CSP voids style attributes as soon as they are parsed and reports each of them. So they are renamed in the
// text first, and read under the new name.
const TAG = /<[a-z][^\s>]*(?:\s(?:"[^"]*"|'[^']*'|[^>"'])*)?>/gi

export const STYLE = "data-style"

export function inert(html) {
  return html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(TAG, (tag) => tag.replace(/\sstyle\s*=/gi, ` ${STYLE}=`).replace(/\son\w+\s*=/gi, " data-gone="))
}

export function parseInert(html) {
  return new DOMParser().parseFromString(inert(html), "text/html")
}

export const all = (selector, root) => [...root.querySelectorAll(selector)]

export const styleOf = (element) => (element.getAttribute(STYLE) ?? "").replace(/\s+/g, " ")

export function withoutStyles(doc) {
  for (const element of all(`[${STYLE}], [data-gone]`, doc)) {
    element.removeAttribute(STYLE)
    element.removeAttribute("data-gone")
  }
}

export const wordsOf = (element) => element.textContent.replace(/[\s\u00a0]+/g, " ").trim()
