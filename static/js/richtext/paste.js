// Makes what is pasted from Word, Google Docs or LibreOffice into text of our schema.
// What the schema does not know, the editor drops by itself; here is saved what it would lose.

import { Extension, pm } from "django-prose-editor/editor"

import { all, inert, parseInert, styleOf, withoutStyles } from "richtext/pasted"
import { nestLists } from "richtext/pasted_lists"
import { takeInNotes } from "richtext/pasted_notes"
import { markHeaderCells } from "richtext/pasted_tables"
import { cleanWord, isWord } from "richtext/pasted_word"
import { rename, unwrap, wrapContent } from "richtext/dom"

export const WordPaste = Extension.create({
  name: "wordPaste",
  addProseMirrorPlugins: () => [new pm.state.Plugin({ props: { transformPastedHTML: cleanPaste } })],
})

export function cleanPaste(html) {
  // Cut from an editor of ours: it is as it should be.
  if (html.includes("data-pm-slice")) return inert(html)
  const doc = parseInert(html)
  takeInNotes(doc)
  if (isWord(html)) cleanWord(doc)
  nestLists(doc)
  markHeaderCells(doc)
  styleToTags(doc)
  lowerHeadings(doc)
  withoutStyles(doc)
  return doc.body.innerHTML
}

// Google Docs and LibreOffice write bold and italic as styles, and wrap all in a bold that is not bold.
function styleToTags(doc) {
  for (const bold of all("b, strong", doc)) if (has(bold, "font-weight", "normal|400")) unwrap(bold)
  for (const italic of all("i, em", doc)) if (has(italic, "font-style", "normal")) unwrap(italic)
  for (const span of all("span", doc)) {
    if (has(span, "font-weight", "bold|[6-9]00") && !span.closest("th, h1, h2, h3, h4")) wrapContent(span, "strong")
    if (has(span, "font-style", "italic")) wrapContent(span, "em")
  }
}

function has(element, property, value) {
  return new RegExp(`(?:^|;)\\s*${property}:\\s*(?:${value})\\b`).test(styleOf(element))
}

// Our levels go from 2 to 4: a section has its own heading above.
function lowerHeadings(doc) {
  if (all("h1", doc).length) for (const level of [3, 2, 1]) all(`h${level}`, doc).forEach((each) => rename(each, `h${level + 1}`))
  all("h5, h6", doc).forEach((heading) => rename(heading, "h4"))
}
