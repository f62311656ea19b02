/**
 * The bytes of well-formed base64 (RFC 4648 section 4: standard alphabet, padded, unused bits zero),
 * else undefined. Node's own decoder forgives everything; those of receivers do not, and a forgiven
 * signature would be a second spelling of it.
 */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
