import type { Certificate } from '../../ledger/index.ts';
import { ledgerPage, pageById, pageJson } from '../paging.ts';
import { route } from '../route.ts';
import { CertificateOut, CertificatesQuery } from '../certificate-shapes.ts';
import { listOf } from '../page-shapes.ts';
import { certificateView } from '../views.ts';

const DAY_MS = 86_400_000;

export const listCertificates = route({
  method: 'GET',
  path: '/api/v1/certificate',
  operationId: 'v1.certificate.list',
  summary: 'List the certificates that receivers showed last, by host and port.',
  access: 'organization',
  query: CertificatesQuery,
  answers: { 200: listOf(CertificateOut) },
  async handle({ query }, { ledger, idText, clock }) {
    const page = pageById(query, true, 'certificate', idText);
    const days = query.expiring_within_days;
    const now = clock.now();
    const expiresBefore = days === undefined ? undefined : now + days * DAY_MS;
    const rows = await ledger.certificates({ expiresBefore, ...ledgerPage(page) });
    const idOf = ({ id }: Certificate): string => idText.format('certificate', id);
    const write = (row: Certificate): string => JSON.stringify(certificateView(row, idText, now));
    return { status: 200, json: pageJson(rows, page, idOf, write) };
  },
});
