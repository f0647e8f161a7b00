/** What the preview's page runs and looks like, beside the stylesheet of figures. */

/** Exchanges the contents when the server says that a file changed; what was chosen and unfolded stays so. */
export const PREVIEW_SCRIPT = `const state = document.querySelector('#state')
const { connected, ended } = document.body.dataset
// By the figure around them: what is behind a tab may not be there yet.
const unfolded = new Set()
const nameOf = (details) => details.closest('figure')?.id ?? ''
const keep = () => {
  for (const details of document.querySelectorAll('details')) {
    if (details.open) unfolded.add(nameOf(details))
    else unfolded.delete(nameOf(details))
  }
  return [...document.querySelectorAll('input[type=radio]:checked')].map(({ id }) => id)
}
const restore = (tabs) => {
  for (const id of tabs) document.getElementById(id)?.click()
  for (const details of document.querySelectorAll('details')) details.open = unfolded.has(nameOf(details))
}
let newest = 0
const show = async (number, ask) => {
  const address = new URL(location.href)
  if (ask !== null) address.searchParams.set('first', ask)
  const answer = await fetch(address)
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  if (number !== newest) return
  const kept = keep()
  document.querySelector('main').replaceChildren(...page.querySelector('main').childNodes)
  restore(kept)
}
// What is seen first, then what is behind the other tabs.
const update = async () => {
  newest += 1
  const number = newest
  await show(number, keep().join(','))
  document.body.dataset.updates = String(Number(document.body.dataset.updates ?? 0) + 1)
  await show(number, null)
}
const events = new EventSource('/events')
events.onopen = () => { state.textContent = connected }
events.onerror = () => { state.textContent = ended }
events.onmessage = () => void update()
`

export const PREVIEW_STYLE = `:root { color-scheme: light dark; font-family: "Noto Sans KR", system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; line-height: 1.6; background: light-dark(#fff, #14171b); color: light-dark(#1a1d21, #e6e8eb); }
header { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
h1 { font-size: 1.125rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin-top: 2rem; }
#state { font-size: 0.8125rem; opacity: 0.75; }
.files li { margin: 0.25rem 0; }
.tabs { display: flex; flex-wrap: wrap; gap: 0 0.25rem; }
.tabs > input { position: absolute; opacity: 0; }
.tabs > label { order: 0; padding: 0.3rem 0.75rem; border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: 0.4rem; font-size: 0.875rem; cursor: pointer; }
.tabs > input:checked + label { background: color-mix(in srgb, currentColor 12%, transparent); font-weight: 700; }
.tabs > input:focus-visible + label { outline: 2px solid; outline-offset: 2px; }
.tabs > .panel { order: 1; display: none; flex: 0 0 100%; min-width: 0; }
.tabs > input:checked + label + .panel { display: block; }
pre { overflow: auto; max-height: 40rem; padding: 0.75rem 1rem; font-size: 0.8125rem; background: color-mix(in srgb, currentColor 6%, transparent); border-radius: 0.4rem; }
`
