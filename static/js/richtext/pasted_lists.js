// Lists: Word writes paragraphs with a level and a marker, Google Docs lists that lie beside their item.

import { STYLE, all, styleOf } from "richtext/pasted"

const ROMAN = /^(?=[mdclxvi])m*(c[md]|d?c*)(x[cl]|l?x*)(i[xv]|v?i*)$/i
const MARKER = /^\(?((?:\d+\.)*\d+|[a-zåäö]+)[.)]+$/i

export function nestLists(doc) {
  makeWordLists(doc)
  for (const list of all("ul > ul, ul > ol, ol > ul, ol > ol", doc)) {
    const item = list.previousElementSibling
    if (item?.localName === "li") item.append(list)
  }
}

function makeWordLists(doc) {
  let stack = [] // the open list of each level
  let last = null
  for (const paragraph of all(`:is(p, h1, h2, h3)[${STYLE}*='mso-list']`, doc)) {
    const marker = takeMarker(paragraph)
    const level = /mso-list: ?l\d+ level(\d+)/.exec(styleOf(paragraph))?.[1]
    if (!level || paragraph.localName !== "p") continue
    if (!last || paragraph.previousElementSibling !== last) stack = []
    addItem(paragraph, Number(level), kindOf(marker), stack)
    last = stack[0]
  }
}

function takeMarker(paragraph) {
  const [marker] = all(`span[${STYLE}*='mso-list:Ignore'], span[${STYLE}*='mso-list: Ignore']`, paragraph)
  marker?.remove()
  return marker ? marker.textContent.replace(/\u00a0/g, " ").trim() : ""
}

function addItem(paragraph, wanted, kind, stack) {
  const doc = paragraph.ownerDocument
  const level = Math.min(wanted, stack.length + 1) // a jump over a level would make an empty list
  stack.length = Math.min(stack.length, level)
  if (stack[level - 1] && isAnother(stack[level - 1], kind)) stack.length = level - 1
  if (stack.length < level) {
    const list = newList(doc, kind)
    if (level === 1) paragraph.before(list)
    else stack.at(-1).lastElementChild.append(list)
    stack.push(list)
  }
  const words = doc.createElement("p")
  words.append(...paragraph.childNodes)
  const item = doc.createElement("li")
  item.append(words)
  stack.at(-1).append(item)
  paragraph.remove()
}

// Another kind of marker, or counting from one again, begins a new list.
function isAnother(list, kind) {
  return list.localName !== kind.tag || (kind.start === 1 && list.children.length > 0)
}

function newList(doc, { tag, type, start }) {
  const list = doc.createElement(tag)
  if (type) list.setAttribute("type", type)
  if (start > 1) list.setAttribute("start", start)
  return list
}

function kindOf(marker) {
  const match = MARKER.exec(marker)
  if (!match) return { tag: "ul" }
  const [, count] = match
  if (/^\d/.test(count)) return { tag: "ol", start: Number(count.split(".").at(-1)) }
  const isRoman = ROMAN.test(count) && (count.length > 1 || /^i$/i.test(count))
  const type = isRoman ? "i" : "a"
  return { tag: "ol", type: count === count.toUpperCase() ? type.toUpperCase() : type }
}
