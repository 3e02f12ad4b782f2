/** What speaks to the backend: a client typed by the contract, and the problems it may answer with. */
export type * from './schema.d.ts'
export { createApi, type Api, type Credentials } from './client.ts'
export { ApiProblem, Unreachable, answer, isProblem, type FieldFault } from './problem.ts'
export { intentKey } from './intent.ts'
export { etagOf } from './etag.ts'
