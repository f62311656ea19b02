/** How many applications and endpoints stand under a policy. `isWhole`: all of them are told. */
export function usersWords(
  users: readonly { readonly kind: 'application' | 'endpoint' }[],
  isWhole: boolean,
): string {
  const parts = (['application', 'endpoint'] as const).flatMap((kind) => {
    const many = users.filter((user) => user.kind === kind).length;
    return many === 0 ? [] : [`${many}${isWhole ? '' : '+'} ${kind}${many === 1 ? '' : 's'}`];
  });
  return parts.length === 0 ? 'nobody' : parts.join(', ');
}
