// What the toolbar offers, in groups. `active` says when a tool is on, `can` when it may be used.

import { ask } from "richtext/ask"

const run = (command, ...values) => (editor) => editor.chain().focus()[command](...values).run()
const inside = (...query) => (editor) => editor.isActive(...query)

const heading = (name, level) => ({ name, run: run("toggleHeading", { level }), active: inside("heading", { level }) })
const inTable = (name, command, icon) => ({ name, icon, run: run(command), can: (editor) => editor.can()[command]() })
const inList = (name, command, icon) => ({
  name,
  icon,
  run: run(command, "listItem"),
  can: (editor) => editor.can()[command]("listItem"),
})

export const GROUPS = [
  {
    tools: [
      heading("heading", 2),
      heading("subheading", 3),
      { name: "bold", icon: "type-bold", run: run("toggleBold"), active: inside("bold"), keys: "Control+B" },
      { name: "italic", icon: "type-italic", run: run("toggleItalic"), active: inside("italic"), keys: "Control+I" },
      { name: "link", icon: "link-45deg", run: (editor) => ask(editor, "link"), active: inside("link"), keys: "Control+K" },
    ],
  },
  {
    tools: [
      { name: "bulletList", icon: "list-ul", run: run("toggleBulletList"), active: inside("bulletList") },
      { name: "orderedList", icon: "list-ol", run: run("toggleOrderedList"), active: inside("orderedList") },
      {
        name: "table",
        icon: "table",
        run: run("insertTable", { rows: 3, cols: 3, withHeaderRow: true }),
        can: (editor) => !editor.isActive("table"),
      },
    ],
  },
  {
    tools: [
      { name: "figure", icon: "hash", run: (editor) => ask(editor, "figure") },
      { name: "reference", icon: "journal-text", run: (editor) => ask(editor, "reference") },
      { name: "footnote", icon: "asterisk", run: (editor) => ask(editor, "footnote") },
      {
        name: "mask",
        icon: "eye-slash",
        run: run("toggleMask"),
        active: inside("mask"),
        can: (editor) => !editor.state.selection.empty || editor.isActive("mask"),
        keys: "Control+Shift+M",
      },
    ],
  },
  {
    tools: [
      { name: "undo", icon: "arrow-counterclockwise", run: run("undo"), can: (editor) => editor.can().undo(), keys: "Control+Z" },
      { name: "redo", icon: "arrow-counterclockwise", run: run("redo"), can: (editor) => editor.can().redo(), keys: "Control+Y" },
    ],
  },
  {
    shown: inside("listItem"),
    tools: [
      inList("indent", "sinkListItem", "arrow-right"),
      inList("outdent", "liftListItem", "arrow-left"),
    ],
  },
  {
    shown: inside("table"),
    tools: [
      inTable("rowBefore", "addRowBefore", "plus-lg"),
      inTable("rowAfter", "addRowAfter", "plus-lg"),
      inTable("columnBefore", "addColumnBefore", "plus-lg"),
      inTable("columnAfter", "addColumnAfter", "plus-lg"),
      inTable("headerRow", "toggleHeaderRow"),
      inTable("headerColumn", "toggleHeaderColumn"),
      inTable("mergeCells", "mergeOrSplit"),
      inTable("deleteRow", "deleteRow", "trash3"),
      inTable("deleteColumn", "deleteColumn", "trash3"),
      inTable("deleteTable", "deleteTable", "trash3"),
    ],
  },
]
