import type { OutcomeClass } from './outcome.ts';

type FailureClass = Exclude<OutcomeClass, 'delivered'>;

/**
 * The `code` of an error that a request can end with. Sources: undici's lib/core/errors.js, Node's
 * documentation of `dns` ("Error codes"), errno(3), and Node's list of OpenSSL's X509 errors.
 */
const classByCode: Readonly<Record<string, FailureClass>> = {
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ERR_TLS_HANDSHAKE_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  ERR_SOCKET_CONNECTION_TIMEOUT: 'timeout',
  ENOTFOUND: 'dns_failure',
  ENODATA: 'dns_failure',
  EFORMERR: 'dns_failure',
  ESERVFAIL: 'dns_failure',
  ENOTIMP: 'dns_failure',
  EREFUSED: 'dns_failure',
  EBADQUERY: 'dns_failure',
  EBADNAME: 'dns_failure',
  EBADFAMILY: 'dns_failure',
  EBADRESP: 'dns_failure',
  // c-ares' own timeout; ETIMEDOUT is the kernel's.
  ETIMEOUT: 'dns_failure',
  ECONNREFUSED: 'connect_failure',
  EHOSTUNREACH: 'connect_failure',
  ENETUNREACH: 'connect_failure',
  EHOSTDOWN: 'connect_failure',
  ENETDOWN: 'connect_failure',
  EAFNOSUPPORT: 'connect_failure',
  // A firewall on the way out answers connect() with these.
  EACCES: 'connect_failure',
  EPERM: 'connect_failure',
  EPROTO: 'tls_failure',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls_failure',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls_failure',
  INVALID_CA: 'tls_failure',
  INVALID_PURPOSE: 'tls_failure',
  PATH_LENGTH_EXCEEDED: 'tls_failure',
  HOSTNAME_MISMATCH: 'tls_failure',
  UND_ERR_SOCKET: 'connection_reset',
  // undici's word for a socket that it gave up: reset, GOAWAY, idle timeout.
  UND_ERR_INFO: 'connection_reset',
  ECONNRESET: 'connection_reset',
  ECONNABORTED: 'connection_reset',
  EPIPE: 'connection_reset',
  ERR_STREAM_PREMATURE_CLOSE: 'connection_reset',
  ERR_HTTP2_GOAWAY_SESSION: 'connection_reset',
  ERR_HTTP2_SESSION_ERROR: 'connection_reset',
  ERR_HTTP2_STREAM_CANCEL: 'connection_reset',
  ERR_HTTP2_STREAM_ERROR: 'connection_reset',
  UND_ERR_HEADERS_OVERFLOW: 'invalid_response',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'invalid_response',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'invalid_response',
  // The guard's own code, in core's table of errors.
  address_refused: 'address_refused',
  // We close clients and abort requests only when we stop; the endpoint did nothing wrong.
  UND_ERR_ABORT: 'interrupted',
  UND_ERR_ABORTED: 'interrupted',
  UND_ERR_CLOSED: 'interrupted',
  UND_ERR_DESTROYED: 'interrupted',
  ABORT_ERR: 'interrupted',
  // Our own resources ran out.
  EMFILE: 'internal_error',
  ENFILE: 'internal_error',
  ENOBUFS: 'internal_error',
  ENOMEM: 'internal_error',
  EADDRNOTAVAIL: 'internal_error',
  EADDRINUSE: 'internal_error',
};

/** Families of codes that are open-ended; looked at after the codes above. */
const classByPrefix: readonly (readonly [prefix: string, outcomeClass: FailureClass])[] = [
  ['HPE_', 'invalid_response'],
  ['ERR_HTTP2_', 'invalid_response'],
  ['EAI_', 'dns_failure'],
  ['CERT_', 'tls_failure'],
  ['CRL_', 'tls_failure'],
  ['ERROR_IN_C', 'tls_failure'],
  ['UNABLE_TO_', 'tls_failure'],
  ['ERR_TLS_', 'tls_failure'],
  ['ERR_SSL_', 'tls_failure'],
  ['ERR_OSSL_', 'tls_failure'],
];

/** The class that an error's code stands for, or undefined for a code that says nothing. */
export function classOfCode(code: string): FailureClass | undefined {
  if (Object.hasOwn(classByCode, code)) return classByCode[code];
  return classByPrefix.find(([prefix]) => code.startsWith(prefix))?.[1];
}
