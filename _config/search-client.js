/** The search page: asks for the index of its language when something is typed, and lists sections. */
import MiniSearch from 'minisearch'
import { OPTIONS } from './search-options.js'

const MOST = 30
const field = document.querySelector('#search-field')
const list = document.querySelector('#search-results')
const status = document.querySelector('#search-status')
const { none, some } = status.dataset

let index = null
const load = () => {
  index ??= fetch(`/search-app/${document.documentElement.lang}.json`)
    .then((answer) => answer.text())
    .then((json) => MiniSearch.loadJSON(json, OPTIONS))
  return index
}

async function search() {
  const wanted = field.value.trim()
  const found = wanted === '' ? [] : (await load()).search(wanted).slice(0, MOST)
  if (field.value.trim() !== wanted) return
  list.replaceChildren(...found.map(item))
  status.textContent = wanted === '' ? '' : found.length === 0 ? none : some.replace('N', `${found.length}`)
  const address = wanted === '' ? location.pathname : `?q=${encodeURIComponent(wanted)}`
  history.replaceState(null, '', address)
}

function item({ id, title, heading }) {
  const link = document.createElement('a')
  link.href = id
  link.textContent = heading === '' ? title : `${title} › ${heading}`
  const entry = document.createElement('li')
  entry.append(link)
  return entry
}

field.addEventListener('input', search)
field.form.addEventListener('submit', (event) => event.preventDefault())
field.value = new URLSearchParams(location.search).get('q') ?? ''
if (field.value !== '') search()
