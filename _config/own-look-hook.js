/** Images with a page in the handbook lead there. */
export const handbook = {
  name: 'handbook',
  container: ({ image }) =>
    image.startsWith('handbook/')
      ? { class: 'documented', link: `#${image.replace('/', '-')}`, caption: image }
      : undefined,
  network: ({ internal }) => (internal ? { class: 'secret', caption: 'no way out' } : undefined),
}
