/** What happens while one looks: the state of a person's screens, patched by the server's events. */
export { applied, rowsOf, type LiveState, type Patch, type Row } from './patches.ts'
export { useLive, type LiveTask } from './store.ts'
export type { ConnectionStatus } from './connection.ts'
