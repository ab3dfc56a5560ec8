import type { DocumentKind } from '@medcall/shared-types';

/**
 * What VALIDAR (validar.iti.gov.br) reads from a health document: keys of the PDF's information
 * dictionary, named by object identifiers of ICP-Brasil. Source: ITI, "Guia de Orientações aos
 * Desenvolvedores", https://validar.iti.gov.br/guia-desenvolvedor.html, chapter V (read November 2026).
 */
const kinds: Partial<Record<DocumentKind, string>> = {
  prescription: '2.16.76.1.12.1.1',
  certificate: '2.16.76.1.12.1.2',
  exam_request: '2.16.76.1.12.1.3',
  // Registro de atendimento clínico.
  note: '2.16.76.1.12.1.6',
  // Relatório médico: the letter reports the consultation to the patient.
  letter: '2.16.76.1.12.1.11',
  // Instructions have no type of their own there: signed, without a mark.
};
const crmNumber = '2.16.76.1.4.2.2.1';
const crmState = '2.16.76.1.4.2.2.2';
const crmSpecialty = '2.16.76.1.4.2.2.3';

/** @param crm as it is printed: `123456/SP` */
export function healthMarks(
  kind: DocumentKind,
  { crm, specialty }: { crm: string; specialty: string | null },
): Record<string, string> {
  const type = kinds[kind];
  if (type === undefined) return {};
  const [number = '', state = ''] = crm.split('/');
  return {
    // The key alone says it: the guide leaves the value empty.
    [type]: '',
    [crmNumber]: number,
    [crmState]: state,
    ...(specialty ? { [crmSpecialty]: specialty } : {}),
  };
}
