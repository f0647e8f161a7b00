// Comforts that a page does without: buttons that copy listings, a field that narrows the list of codes.
const words = document.documentElement.lang === 'ko' ? ['복사', '복사했습니다'] : ['Copy', 'Copied']

/** What a terminal takes: no prompts, and of a listing with prompts no output. */
function commandsOf(code) {
  const lines = code.textContent.trimEnd().split('\n')
  let continued = false
  const prompted = lines.filter((line) => {
    const typed = continued || /^(\[[\w.-]+\] )?\$ /.test(line)
    continued = typed && line.endsWith('\\')
    return typed
  })
  return (prompted.length > 0 ? prompted : lines)
    .map((line) => line.replace(/^(\[[\w.-]+\] )?\$ /, ''))
    .join('\n')
}

for (const code of document.querySelectorAll('.prose pre > code')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'copy'
  button.textContent = words[0]
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(commandsOf(code))
    button.textContent = words[1]
    setTimeout(() => {
      button.textContent = words[0]
    }, 2000)
  })
  const box = document.createElement('div')
  box.className = 'listing'
  code.parentElement.replaceWith(box)
  box.append(code.parentElement, button)
}

// The list of contents says where one is, where it stands beside the text. Not before one scrolls: to ask for places
// makes the browser lay out what it has not shown yet.
const beside = matchMedia('(min-width: 76rem)')
const contents = new Map(
  [...document.querySelectorAll('.toc a')].map((link) => [decodeURIComponent(link.hash.slice(1)), link]),
)
if (contents.size > 0) {
  const headings = [...contents.keys()].flatMap((id) => document.getElementById(id) ?? [])
  let current = null
  const follow = () => {
    const above = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 4)
    const link = contents.get(above.at(-1)?.id) ?? null
    if (link === current) return
    current?.removeAttribute('aria-current')
    link?.setAttribute('aria-current', 'true')
    current = link
    const list = link?.closest('.toc')
    if (list && list.scrollHeight > list.clientHeight) list.scrollTop = link.offsetTop - list.clientHeight / 2
  }
  let waiting = false
  addEventListener(
    'scroll',
    () => {
      if (waiting || !beside.matches) return
      waiting = true
      requestAnimationFrame(() => {
        waiting = false
        follow()
      })
    },
    { passive: true },
  )
}

const filter = document.querySelector('[data-filter]')
if (filter !== null) {
  filter.closest('.filter').hidden = false
  filter.addEventListener('input', () => {
    const wanted = filter.value.trim().toLowerCase()
    for (const entry of document.querySelectorAll(filter.dataset.filter))
      entry.hidden = !entry.textContent.toLowerCase().includes(wanted)
    for (const section of document.querySelectorAll('section'))
      section.hidden = section.querySelector('dl > div:not([hidden])') === null
  })
}
