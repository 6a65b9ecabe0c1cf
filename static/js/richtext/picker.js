// “Insert value”: the list of values that may stand in this text, in all their forms (core/_figure_picker.html).

import { readArgs, valueKey, writeArgs } from "richtext/args"
import { whenAsked } from "richtext/ask"
import { putChip, selectedChip } from "richtext/chips"
import { whenClosed } from "richtext/dialogs"
import { make } from "richtext/dom"
import { say } from "richtext/labels"
import { isOwn, ownOf, writeOwn } from "richtext/own"

whenAsked("figure", async (editor) => {
  const dialog = document.getElementById("figure-picker")
  if (!dialog) return
  if (isOwn(editor)) return writeOwn(editor, ownOf(editor))
  const picker = pickerIn(dialog)
  picker.clear()
  whenClosed(dialog, (choice) => {
    const chosen = ["insert", "own"].includes(choice) && picker.chosen()
    if (chosen && choice === "own") writeOwn(editor, chosen)
    else if (chosen) putChip(editor, "figureRef", chosen)
    else editor.commands.focus()
  })
  picker.load(selectedChip(editor, "figureRef")?.attrs)
})

function pickerIn(dialog) {
  const part = (name) => dialog.querySelector(`[data-picker-${name}]`)
  const [filter, state, list, forms, insert, retry, own] =
    ["filter", "state", "figures", "forms", "insert", "retry", "own"].map(part)
  let figures = []

  function clear() {
    filter.value = ""
    insert.disabled = true
    forms.hidden = retry.hidden = own.hidden = true
    list.replaceChildren()
    state.textContent = say("loadingFigures")
  }

  async function load(current) {
    retry.onclick = () => load(current)
    try {
      const response = await fetch(dialog.dataset.url, { headers: { Accept: "application/json" } })
      if (!response.ok) throw new Error(response.statusText)
      ;({ figures } = await response.json())
    } catch {
      state.textContent = say("figuresFailed")
      retry.hidden = false
      return
    }
    retry.hidden = true
    list.replaceChildren(...groups(figures))
    const now = current && { key: valueKey(current.figure, readArgs(current.args)), form: readArgs(current.args).form }
    const place = figures.findIndex(({ name, args }) => valueKey(name, args) === now?.key)
    narrow()
    choose(place < 0 ? firstShown() : radioOf(place), now?.form)
    if (place >= 0) radioOf(place).focus()
  }

  const radios = () => [...list.querySelectorAll("input")]
  const radioOf = (place) => radios().find(({ value }) => Number(value) === place)
  const firstShown = () => radios().find((radio) => !radio.closest("[hidden]"))

  function narrow() {
    const wanted = filter.value.toLowerCase().split(/\s+/)
    for (const option of list.querySelectorAll("label"))
      option.hidden = !wanted.every((word) => option.textContent.toLowerCase().includes(word) || inGroup(option, word))
    for (const group of list.querySelectorAll("fieldset"))
      group.hidden = [...group.querySelectorAll("label")].every(({ hidden }) => hidden)
    const count = radios().filter((radio) => !radio.closest("[hidden]")).length
    state.textContent = count ? say("figuresFound", { count }) : say("noFigures")
  }

  function choose(radio, form) {
    const count = radio ? figures[radio.value].forms.length : 0
    insert.disabled = count === 0
    forms.hidden = count < 2
    own.hidden = !(count && figures[radio.value].own)
    if (!radio) return
    radio.checked = true
    radio.closest("label").scrollIntoView({ block: "nearest" })
    showForms(forms, figures[radio.value], form)
  }

  function chosen() {
    const radio = radios().find(({ checked }) => checked)
    const form = forms.querySelector("input:checked")
    if (!radio || !form) return null
    const { name, args } = figures[radio.value]
    return { figure: name, args: writeArgs({ ...args, form: form.value }), text: form.dataset.text }
  }

  filter.oninput = () => {
    narrow()
    choose(firstShown())
  }
  filter.onkeydown = (event) => {
    if (event.key !== "ArrowDown") return
    event.preventDefault()
    radios().find(({ checked }) => checked)?.focus()
  }
  list.onchange = (event) => choose(event.target)
  return { clear, load, chosen }
}

const inGroup = (option, word) => option.parentElement.firstElementChild.textContent.toLowerCase().includes(word)

function groups(figures) {
  const byGroup = Map.groupBy(figures.entries(), ([, { group }]) => group)
  return [...byGroup].map(([group, entries]) => {
    const isOnlyOfItsName = entries.length === 1 && entries[0][1].label === group
    const legend = make("legend", { textContent: group, className: isOnlyOfItsName ? "visually-hidden" : "" })
    return make("fieldset", { className: "rt-figures" }, legend, ...entries.map(option))
  })
}

function option([place, { label, forms }]) {
  return make(
    "label",
    { className: "rt-option" },
    make("input", { type: "radio", name: "figure", value: place }),
    make("span", { textContent: label }),
    make("span", { className: "rt-option-text", textContent: forms[0]?.text ?? say("noValue") }),
  )
}

function showForms(fieldset, { forms }, wanted) {
  const chosen = forms.some(({ form }) => form === wanted) ? wanted : forms[0]?.form
  const options = forms.map(({ form, text }) => {
    const radio = make("input", { type: "radio", name: "form", value: form, checked: form === chosen })
    radio.dataset.text = text
    return make("label", { className: "rt-option" }, radio, make("span", { textContent: text }))
  })
  fieldset.replaceChildren(fieldset.firstElementChild, ...options)
}
