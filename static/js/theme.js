// Runs before the first paint, so that a chosen appearance never flashes. Buttons for it: frame.js.
try {
  const root = document.documentElement
  for (const choice of ["theme", "rail"]) {
    const value = localStorage.getItem(choice)
    if (value) root.dataset[choice] = value
  }
} catch {
  // A browser that keeps no storage follows the system.
}
