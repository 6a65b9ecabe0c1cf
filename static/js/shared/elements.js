// Building elements without innerHTML.

const SVG = "http://www.w3.org/2000/svg"

export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value
    else element.setAttribute(name, value)
  }
  element.append(...children)
  return element
}

// A picture from the sprite; words stand beside it.
export function picture(address, className) {
  const svg = document.createElementNS(SVG, "svg")
  const use = document.createElementNS(SVG, "use")
  svg.setAttribute("class", className)
  svg.setAttribute("aria-hidden", "true")
  use.setAttribute("href", address)
  svg.append(use)
  return svg
}
