/** The reason of a request, where one was given. */
export function because(reason: string): { readonly reason?: string } {
  return reason === '' ? {} : { reason };
}
