import type { Answer } from '../api/route.ts';

/** A PDF to be shown in the browser; `name` holds plain letters and hyphens. */
export function pdfAnswer(pdf: Buffer, name: string): Answer<never> {
  return {
    status: 200,
    bytes: pdf,
    contentType: 'application/pdf',
    headers: {
      'Content-Disposition': `inline; filename="${name}.pdf"`,
      'Cache-Control': 'private, no-store',
    },
  };
}
