/** Every page of the English guide: its layout and collection. `start` is the guide's first page. */
export default {
  layout: 'layouts/guide.njk',
  tags: ['guide'],
  showSource: true,
  model: 'Model',
  permalink: ({ slug }) => (slug === 'start' ? '/en/guide/' : `/en/guide/${slug}/`),
}
