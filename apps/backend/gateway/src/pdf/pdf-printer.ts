import type { PaperCertificate } from '@medcall/shared-types';
import { formatCnpj, formatCpf } from '@medcall/utils';
import { dayOf, instantIn } from '../services/papers/dates.ts';
import type { Letterhead } from '../services/papers/letterhead.ts';
import type { Block, Paper, PaperPrinter } from '../services/papers/paper.ts';
import { healthMarks } from '../signing/health-oids.ts';
import { loadFonts } from './fonts.ts';
import { createSheet, faintInk, type Sheet } from './sheet.ts';

/** Draws papers as PDF with pdfkit: text with embedded fonts, tagged for screen readers. */
export function createPdfPrinter(): PaperPrinter {
  return {
    async print(paper) {
      const { letterhead, issued } = paper;
      const sheet = createSheet(await loadFonts(), {
        title: issued ? paper.title : `${paper.title} (rascunho)`,
        author: letterhead.doctor.name,
        at: issued?.at ?? new Date(0),
        marks: issued?.certificate ? healthMarks(paper.kind, letterhead.doctor) : {},
      });
      sheet.write('H1', paper.title, { size: 16, face: 'bold', gap: 8, align: 'center' });
      for (const line of aboutPatient(letterhead)) sheet.write('P', line, { size: 10, gap: 1 });
      sheet.space(5);
      sheet.rule();
      for (const block of paper.blocks) drawBlock(sheet, block);
      drawEnd(sheet, paper);
      return sheet.finish(headOf(letterhead), footOf(paper), issued === null);
    },
  };
}

function aboutPatient({ patient, care, clinic }: Letterhead): string[] {
  const born = patient.birth_date ? `Nascimento: ${dayOf(patient.birth_date)}` : null;
  const at = instantIn(new Date(care.at), clinic.timezone);
  return [
    `Paciente: ${patient.name}`,
    joined([`CPF: ${patient.cpf ? formatCpf(patient.cpf) : 'não informado'}`, born]),
    patient.address ? `Endereço do paciente: ${patient.address}` : null,
    `Atendimento: ${at}, ${care.type === 'ONLINE' ? 'por telemedicina' : 'presencial'}`,
    care.type === 'ONLINE' && patient.location
      ? `Local informado pelo paciente no atendimento: ${patient.location}`
      : null,
  ].filter((line) => line !== null);
}

function drawBlock(sheet: Sheet, block: Block): void {
  switch (block.kind) {
    case 'heading':
      // A heading never stands alone at the foot of a page.
      sheet.keep(64);
      sheet.space(4);
      sheet.write('H2', block.text, { size: 12, face: 'bold', gap: 3 });
      return;
    case 'paragraph':
      sheet.write('P', block.text, { size: 10.5 });
      return;
    case 'items':
      for (const [index, item] of block.items.entries()) {
        sheet.keep(40);
        sheet.write('P', `${index + 1}. ${item.text}`, { size: 11, face: 'bold', gap: 1 });
        if (item.below) sheet.write('P', item.below, { size: 10.5, indent: 16, gap: 7 });
        else sheet.space(4);
      }
      return;
    case 'fine':
      sheet.write('P', block.text, { size: 9, color: faintInk });
      return;
  }
}

/** Signature and the statements that the law wants, together on one page. */
function drawEnd(sheet: Sheet, { issued, letterhead }: Paper): void {
  const { doctor, clinic, care } = letterhead;
  sheet.keep(issued?.certificate ? 240 : 180);
  // Room to sign by hand above the line.
  sheet.space(36);
  sheet.rule();
  sheet.write('P', doctor.name, { size: 11, face: 'bold', gap: 1 });
  const crm = `CRM ${doctor.crm}`;
  sheet.write('P', joined([crm, doctor.rqe && `RQE ${doctor.rqe}`, doctor.specialty]), {
    size: 10,
    gap: 1,
  });
  sheet.write('P', joined([clinic.address, clinic.phone, doctor.email]), { size: 9, gap: 6 });
  if (issued?.certificate) {
    drawSignature(sheet, issued.certificate, issued.at, clinic.timezone);
  } else {
    sheet.write(
      'P',
      issued
        ? `Assinado eletronicamente no sistema da clínica em ${instantIn(issued.at, clinic.timezone)}.`
        : 'Rascunho: ainda não foi assinado e não vale como documento.',
      { size: 9.5, gap: 2 },
    );
  }
  if (care.type === 'ONLINE') {
    sheet.write(
      'P',
      'Documento emitido em atendimento por telemedicina (Resolução CFM 2.314/2022).',
      {
        size: 9.5,
        gap: 2,
      },
    );
  }
  if (issued && !issued.certificate) {
    sheet.write(
      'P',
      'Não contém assinatura qualificada ICP-Brasil (Lei 14.063/2020): impresso, pede assinatura e carimbo. A autenticidade confere-se pelo código no rodapé.',
      { size: 9, color: faintInk, gap: 0 },
    );
  }
}

/** What the certificate says, framed: in a reader the frame opens the signature. */
function drawSignature(
  sheet: Sheet,
  { cpf, holder, issuer, serial, test }: PaperCertificate,
  at: Date,
  timezone: string,
): void {
  const who = cpf ? `${holder} (CPF ${cpf})` : holder;
  const first = `Assinado digitalmente por ${who} em ${instantIn(at, timezone)}.`;
  const lines = test
    ? [first, 'CERTIFICADO DE TESTE, SEM VALOR LEGAL: não foi emitido pela ICP-Brasil.']
    : [
        first,
        `Certificado ICP-Brasil emitido por ${issuer}, número de série ${serial}.`,
        'A assinatura confere-se em https://validar.iti.gov.br, com o arquivo PDF.',
      ];
  sheet.signatureField({ signer: holder, reason: 'Documento médico', at }, () => {
    for (const line of lines) sheet.write('P', line, { size: 9.5, gap: 2 });
  });
}

function headOf({ clinic }: Letterhead): string[] {
  return [
    clinic.name,
    clinic.address ?? '',
    joined([
      clinic.phone && `Tel. ${clinic.phone}`,
      clinic.cnpj && `CNPJ ${formatCnpj(clinic.cnpj)}`,
    ]),
  ];
}

function footOf({ issued }: Paper): string[] {
  if (!issued) return ['Rascunho sem valor de documento.'];
  return [
    `Confira em ${issued.verifyUrl}  ·  código ${issued.code}`,
    `SHA-256 do conteúdo: ${issued.hash}`,
  ];
}

function joined(parts: readonly (string | null | undefined | false)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join('  ·  ');
}
