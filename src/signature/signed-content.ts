import { HMAC_BLOCK_BYTES } from './hmac.ts';

/**
 * What Standard Webhooks signs, `id.timestamp.payload` in UTF-8: the bytes of `area` from
 * HMAC_BLOCK_BYTES to `end`. The room before it is for HMAC's inner pad. Valid until the next call:
 * the area is used again, to spare the garbage.
 */
export type SignedContent = { readonly area: Buffer; readonly end: number };

/** Holds any text of 21,000 characters; a longer one gets an area of its own for that signature. */
const SHARED_AREA_BYTES = 65_536;
const MOST_UTF8_BYTES_PER_UNIT = 3;

const sharedArea = Buffer.allocUnsafeSlow(SHARED_AREA_BYTES);

export function writeSignedContent(
  id: string,
  timestampSeconds: number,
  payload: string | Uint8Array,
): SignedContent {
  const prefix = `${id}.${timestampSeconds}.`;
  const bound = HMAC_BLOCK_BYTES + (prefix.length + payload.length) * MOST_UTF8_BYTES_PER_UNIT;
  const area = bound <= SHARED_AREA_BYTES ? sharedArea : Buffer.allocUnsafe(bound);
  let end = HMAC_BLOCK_BYTES + area.write(prefix, HMAC_BLOCK_BYTES, 'utf8');
  if (typeof payload === 'string') {
    end += area.write(payload, end, 'utf8');
  } else {
    area.set(payload, end);
    end += payload.length;
  }
  return { area, end };
}

/** The content's bytes alone, as Ed25519 signs them. */
export function contentBytes(content: SignedContent): Buffer {
  return content.area.subarray(HMAC_BLOCK_BYTES, content.end);
}
