import { useRoute, useRouter } from 'vue-router'

/** Where to go after signing in: back to where one was, inside this app only. */
export function useDestination(): () => Promise<unknown> {
  const route = useRoute()
  const router = useRouter()
  return () => {
    const back = String(route.query.back ?? '')
    const isInside = back.startsWith('/') && !back.startsWith('//') && !back.startsWith('/signin')
    return router.replace(isInside ? back : '/')
  }
}
