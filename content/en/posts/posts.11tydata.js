/** Every post: its layout and collection. `tags` in front matter, as Jekyll has them, are what readers see. */
export default {
  layout: 'layouts/post.njk',
  tags: ['post'],
  foldSource: 'Show the model',
  contents: 'Contents',
}
