// Light or dark: the reader's preference, unless they chose with the button. Without this script the preference holds.
const root = document.documentElement
const chosen = () => {
  try {
    return localStorage.getItem('theme')
  } catch {
    return null
  }
}
const theme = chosen()
if (theme === 'light' || theme === 'dark') root.dataset.theme = theme

document.addEventListener('DOMContentLoaded', () => {
  const button = document.querySelector('[data-theme-toggle]')
  if (button === null) return
  button.parentElement.hidden = false
  button.addEventListener('click', () => {
    const now = root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
    root.dataset.theme = now === 'dark' ? 'light' : 'dark'
    try {
      localStorage.setItem('theme', root.dataset.theme)
    } catch {
      // Storage may be forbidden; the choice then holds for this page.
    }
  })
})
