// A figure's arguments, written exactly as the server writes them (core/richtext/schema.py).

export function writeArgs(args) {
  return JSON.stringify(Object.fromEntries(Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1))))
}

export function readArgs(written) {
  try {
    return JSON.parse(written || "{}")
  } catch {
    return {}
  }
}

// The same value, whatever its form.
export function valueKey(name, args) {
  const { form: _form, ...rest } = args
  return `${name} ${writeArgs(rest)}`
}
