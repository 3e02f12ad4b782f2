/** The version of a resource as `If-Match` wants it back. Throws when the contract's header is missing. */
export function etagOf(response: Response): string {
  const etag = response.headers.get('ETag')
  if (!etag) throw new Error(`no ETag from ${response.url}`)
  return etag
}
