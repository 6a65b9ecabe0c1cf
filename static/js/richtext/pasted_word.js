// What only Word writes: tracked changes, titles, and a good deal of noise.

import { STYLE, all, wordsOf } from "richtext/pasted"
import { rename, unwrap } from "richtext/dom"

const NOISE = "style, meta, link, title, xml, script, del, [class~='msoDel']"
const EMPTY_IS_NOTHING = "p, h1, h2, h3, h4"

export const isWord = (html) => /urn:schemas-microsoft-com:office|class="?Mso|mso-/i.test(html)

export function cleanWord(doc) {
  all(NOISE, doc).forEach((element) => element.remove())
  all(`a[${STYLE}*='mso-comment-reference'], span.MsoCommentReference`, doc).forEach((element) => element.remove())
  all("ins", doc).forEach(unwrap)
  all("p.MsoTitle", doc).forEach((title) => rename(title, "h1"))
  withoutComments(doc)
  all("*", doc).filter((element) => element.localName.includes(":")).forEach(unwrap)
  all("a:not([href]), a[href^='#_']", doc).forEach(unwrap)
  for (const block of all(EMPTY_IS_NOTHING, doc)) if (isNothing(block)) block.remove()
  for (const element of all("[class], [lang]", doc)) {
    element.removeAttribute("class")
    element.removeAttribute("lang")
  }
}

function isNothing(block) {
  return !block.closest("td, th") && !block.querySelector("img, span[data-footnote]") && !wordsOf(block)
}

function withoutComments(doc) {
  const comments = doc.createTreeWalker(doc.body, NodeFilter.SHOW_COMMENT)
  const found = []
  while (comments.nextNode()) found.push(comments.currentNode)
  found.forEach((comment) => comment.remove())
}
