import type { Problem } from './schema.d.ts'

export type FieldFault = Problem['errors'][number]

/** The backend understood and refused. `title` and `detail` are for the person, `code` is for branching. */
export class ApiProblem extends Error {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly faults: readonly FieldFault[]
  readonly requestId: string
  /** Seconds until it is worth trying again; null when the backend did not say. */
  readonly retryAfter: number | null

  constructor(problem: Partial<Problem>, response: Response) {
    super(problem.title ?? response.statusText)
    this.name = 'ApiProblem'
    this.code = problem.code ?? 'unknown'
    this.status = response.status
    this.title = problem.title ?? ''
    this.detail = problem.detail ?? ''
    this.faults = problem.errors ?? []
    this.requestId = problem.request_id ?? response.headers.get('X-Request-Id') ?? ''
    const seconds = Number(response.headers.get('Retry-After'))
    this.retryAfter = Number.isFinite(seconds) && seconds > 0 ? seconds : null
  }

  /** The fault of one field, by its JSON pointer. */
  at(pointer: string): FieldFault | undefined {
    return this.faults.find((fault) => fault.pointer === pointer)
  }

  /** Whether the same request may succeed later without anybody changing anything. */
  get isPassing(): boolean {
    return this.status === 429 || this.status === 502 || this.status === 503 || this.status === 504
  }
}

/** Nothing came back: no network, or the backend is away. Whether the request had an effect is unknown. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('unreachable', { cause })
    this.name = 'Unreachable'
  }
}

/** Whether this is a refusal with this code (or with any). */
export function isProblem(error: unknown, code?: string): error is ApiProblem {
  return error instanceof ApiProblem && (code === undefined || error.code === code)
}

interface Result<Data> {
  data?: Data
  error?: unknown
  response: Response
}

/** The body of a good answer. Throws ApiProblem for a refusal and Unreachable when nothing came back. */
export async function answer<Data>(pending: Promise<Result<Data>>): Promise<Data> {
  const { data, error, response } = await pending
  if (response.ok) return data as Data
  throw new ApiProblem((typeof error === 'object' && error !== null ? error : {}) as Partial<Problem>, response)
}
