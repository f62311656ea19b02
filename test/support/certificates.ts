import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { Authority } from '../../src/drill/certificates.ts';
import type { Cleanup } from './service-scope.ts';

export {
  createAuthority,
  issue,
  selfSigned,
  type Authority,
  type Issued,
} from '../../src/drill/certificates.ts';

/** Has this process trust the authority until the test ends, as NODE_EXTRA_CA_CERTS would. */
export function trust(context: Cleanup, authority: Authority): void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, authority.pem]);
  context.after(() => setDefaultCACertificates(before));
}
