import type { OutcomeClass } from './outcome.ts';

/**
 * The class of a response by its final status (RFC 9110 section 15). What is not 200 to 599 cannot
 * be a final status: `invalid_response`.
 */
export function classifyStatus(statusCode: number): OutcomeClass {
  switch (statusCode) {
    case 410:
      return 'gone';
    case 429:
      return 'throttled';
    case 502:
    case 503:
    case 504:
      return 'unavailable';
    default:
      return classOfHundred(Math.floor(statusCode / 100));
  }
}

function classOfHundred(hundred: number): OutcomeClass {
  switch (hundred) {
    case 2:
      return 'delivered';
    case 3:
      return 'redirect';
    case 4:
      return 'client_error';
    case 5:
      return 'server_error';
    default:
      return 'invalid_response';
  }
}
