/** Words of the views and of what may be asked of them; part of `Words`. */

type ChangeWord = 'new' | 'gone' | 'changed'
type State = 'running' | 'created' | 'exited' | ''
type Role = 'manager' | 'worker' | ''

/** Sentences about what is different after a step. `from` and `to` are values, `''` for none. */
export interface ChangeWords {
  readonly none: string
  network(kind: ChangeWord, name: string, from: string, to: string): string
  container(
    name: string,
    from: State,
    to: State,
    places: readonly { readonly network: string; readonly address: string }[],
  ): string
  attachment(kind: ChangeWord, container: string, network: string, from: string, to: string): string
  port(kind: ChangeWord, port: string, container: string, from: string, to: string): string
  service(kind: ChangeWord, name: string, from: string, to: string): string
  vip(kind: ChangeWord, service: string, network: string, from: string, to: string): string
  mesh(kind: ChangeWord, port: string, service: string, from: string, to: string): string
  role(host: string, from: Role, to: Role): string
  readonly legend: Readonly<Record<ChangeWord, string>>
  /** Of the buttons that go through a sequence of steps. */
  readonly steps: string
  step(number: number): string
}
