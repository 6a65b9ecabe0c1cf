// Chips: a value, a reference or a note, which stands in the text as one piece.
// The node may not be called "figure": the library's own menu would look for a command of that name.

import { Node } from "django-prose-editor/editor"

import { ask } from "richtext/ask"
import { make } from "richtext/dom"
import { say } from "richtext/labels"

const stored = (attribute) => ({
  default: null,
  parseHTML: (element) => element.getAttribute(`data-${attribute}`),
  renderHTML: (attrs) => (attrs[attribute] == null ? {} : { [`data-${attribute}`]: attrs[attribute] }),
})

const text = { default: "", parseHTML: (element) => element.textContent, rendered: false }

// What the register says now of a value in somebody's own words: told by the page, never saved.
const says = { default: null, parseHTML: (element) => element.getAttribute("data-says"), rendered: false }

function chip({ name, kind, attributes, more = {} }) {
  return Node.create({
    name,
    group: "inline",
    inline: true,
    atom: true,
    selectable: true,
    draggable: true,

    addAttributes: () => ({ text, ...Object.fromEntries(attributes.map((attribute) => [attribute, stored(attribute)])), ...more }),
    parseHTML: () => [{ tag: `span[data-${attributes[0]}]`, priority: 60 }],
    renderHTML: ({ node, HTMLAttributes }) => ["span", HTMLAttributes, node.attrs.text],
    renderText: ({ node }) => node.attrs.text,

    // Class and title are for the writer and never saved.
    addNodeView() {
      const { editor } = this
      return ({ node }) => {
        const dom = document.createElement("span")
        dom.className = `rt-chip rt-${kind}`
        dom.textContent = dom.title = node.attrs.text
        if (node.attrs.own != null) markOwn(dom, node.attrs)
        dom.addEventListener("dblclick", () => ask(editor, kind))
        return { dom }
      }
    },

    addKeyboardShortcuts() {
      return {
        Enter: () => {
          if (this.editor.state.selection.node?.type.name !== name) return false
          ask(this.editor, kind)
          return true
        },
      }
    },
  })
}

export const FigureRef = chip({ name: "figureRef", kind: "figure", attributes: ["figure", "args", "own"], more: { says } })
export const Reference = chip({ name: "reference", kind: "reference", attributes: ["reference", "paragraph", "date"] })
export const Footnote = chip({ name: "footnote", kind: "footnote", attributes: ["footnote"] })

// Words of one's own are marked as such, and what the register says since then stands beside them.
function markOwn(dom, { text, own, says }) {
  const note = says && says !== (own || text) ? say("ownDiffers", { text: says }) : say("own")
  dom.classList.add("rt-own")
  dom.classList.toggle("rt-own-differs", note !== say("own"))
  dom.title = `${text} (${note})`
  dom.append(make("small", { className: "rt-own-note", textContent: note }))
}

export function selectedChip(editor, name) {
  const { node } = editor.state.selection
  return node?.type.name === name ? node : null
}

// Write the selected chip anew, or put a new one where the cursor is. Inside a mask it is masked too.
export function putChip(editor, name, attrs) {
  const { state, view } = editor
  const tr = selectedChip(editor, name)
    ? state.tr.setNodeMarkup(state.selection.from, null, attrs)
    : state.tr.replaceSelectionWith(state.schema.nodes[name].create(attrs))
  view.dispatch(tr.scrollIntoView())
  editor.commands.focus()
}

export function removeChip(editor) {
  editor.chain().focus().deleteSelection().run()
}
