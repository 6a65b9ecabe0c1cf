// Footnotes: the text goes from the list at the end to where it is referred to.

import { STYLE, all, wordsOf } from "richtext/pasted"

const FAMILIES = [
  { reference: /^#_(?:ftn|edn)(\d+)$/, note: "ftn$1 edn$1", back: "a[href^='#_ftnref'], a[href^='#_ednref']" }, // Word
  { reference: /^#sdfootnote(\d+)sym$/, note: "sdfootnote$1", back: "a.sdfootnotesym" }, // LibreOffice
  { reference: /^#ftnt(\d+)$/, note: "ftnt$1", back: "a[href^='#ftnt_ref']" }, // Google Docs
]

export function takeInNotes(doc) {
  const used = new Set()
  for (const link of all("a[href^='#']", doc)) {
    const found = noteOf(link, doc)
    if (!found) continue
    const note = doc.createElement("span")
    note.setAttribute("data-footnote", "")
    note.textContent = wordsWithout(found.element, found.back)
    placeOf(link).replaceWith(note)
    used.add(found.element)
  }
  for (const element of used) element.remove()
  const lists = ["footnote-list", "endnote-list", "comment-list"].map((name) => `[${STYLE}*='mso-element:${name}']`)
  all(lists.join(), doc).forEach((list) => list.remove())
}

function noteOf(link, doc) {
  for (const { reference, note, back } of FAMILIES) {
    const match = reference.exec(link.hash || link.getAttribute("href"))
    if (!match) continue
    const element = note.split(" ").map((id) => blockOf(doc.getElementById(id.replace("$1", match[1])), doc)).find(Boolean)
    if (element) return { element, back }
  }
  return null
}

// Google Docs gives the link inside the note its id, the others the note itself.
function blockOf(element) {
  return element?.localName === "a" ? element.closest("div, p, li") : element
}

function placeOf(link) {
  return link.parentElement.localName === "sup" ? link.parentElement : link
}

function wordsWithout(element, back) {
  const copy = element.cloneNode(true)
  all(back, copy).forEach((link) => link.remove())
  return wordsOf(copy)
}
