/** Who is here: signing in and out, tokens, the roles somebody switches between, and the client that speaks for them. */
export { authorisedHeaders, useApi } from './api.ts'
export { HATS, fittingHat, hatsOf, type Hat } from './hats.ts'
export { useSession, type ProfileChange, type SessionStatus } from './store.ts'
export { currentToken } from './tokens.ts'
export { exclusively } from './lock.ts'
