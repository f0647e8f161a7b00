/** Every page of the guide: its layout and collection. `start` is the guide's first page. */
export default {
  layout: 'layouts/guide.njk',
  tags: ['guide'],
  showSource: true,
  model: '모델',
  permalink: ({ slug }) => (slug === 'start' ? '/guide/' : `/guide/${slug}/`),
}
