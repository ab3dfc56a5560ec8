import { createHash } from 'node:crypto';
import { extractText } from 'unpdf';
import { describe, expect, test } from 'vitest';
import type { Block, Paper } from '../services/papers/paper.ts';
import { createPdfPrinter } from './pdf-printer.ts';

const printer = createPdfPrinter();

const issued = {
  at: new Date('2026-11-26T17:05:00Z'),
  code: '7KQM-4R2T-XH9C-PW3E',
  verifyUrl: 'https://clinica.example/verificar/7KQM-4R2T-XH9C-PW3E',
  hash: 'a1'.repeat(32),
  certificate: null,
};

function aPaper(blocks: readonly Block[], change: Partial<Paper> = {}): Paper {
  return {
    kind: 'note',
    title: 'Registro da consulta',
    letterhead: {
      doctor: {
        name: 'Dra. Conceição Araújo',
        crm: '123456/SP',
        rqe: '4321',
        specialty: 'Clínica médica',
        email: 'conceicao@clinica.example',
      },
      clinic: {
        name: 'Clínica São João',
        address: 'Rua da Consolação, 100, São Paulo, SP',
        phone: '(11) 3333-4444',
        cnpj: '11222333000181',
        timezone: 'America/Sao_Paulo',
      },
      patient: {
        name: 'José Antônio Gonçalves',
        cpf: '12345678909',
        birth_date: '1961-03-09',
        address: 'Avenida Brasil, 5, Campinas, SP',
        location: 'em casa, Campinas',
      },
      care: { type: 'ONLINE', at: '2026-11-26T16:30:00.000Z' },
    },
    blocks,
    issued,
    ...change,
  };
}

/** Pages as text, by another library than the one that drew them. */
async function pagesOf(pdf: Buffer): Promise<string[]> {
  const { text } = await extractText(new Uint8Array(pdf));
  return text.map((page) => page.normalize('NFC'));
}

describe('a paper', () => {
  test('is the same to the byte whenever it is drawn', async () => {
    const paper = aPaper([{ kind: 'paragraph', text: 'Dor lombar há três dias.' }]);
    const sha = (pdf: Buffer) => createHash('sha256').update(pdf).digest('hex');
    expect(sha(await printer.print(paper))).toBe(sha(await printer.print(paper)));
  });

  test('carries its fonts and no standard one', async () => {
    const pdf = await printer.print(aPaper([{ kind: 'paragraph', text: 'texto' }]));
    const file = pdf.toString('latin1');
    expect(file).toContain('/FontFile2');
    expect(file).not.toContain('/BaseFont /Helvetica');
  });

  test('says who, for whom, when, where and how to check it', async () => {
    const [page = ''] = await pagesOf(
      await printer.print(
        aPaper([
          {
            kind: 'paragraph',
            text: 'PA ≥ 140 × 90 mmHg; 37,8 °C; Hb ↓ → repetir; 5 μg; H₂O; ≤ 2 ✓',
          },
        ]),
      ),
    );
    for (const part of [
      'Clínica São João',
      'Rua da Consolação, 100, São Paulo, SP',
      'Tel. (11) 3333-4444',
      'Paciente: José Antônio Gonçalves',
      '123.456.789-09',
      '09/03/1961',
      'Avenida Brasil, 5, Campinas, SP',
      'em casa, Campinas',
      '26/11/2026, 13:30 (horário de Brasília), por telemedicina',
      'PA ≥ 140 × 90 mmHg; 37,8 °C; Hb ↓ → repetir; 5 μg; H₂O; ≤ 2 ✓',
      'Dra. Conceição Araújo',
      'CRM 123456/SP',
      'RQE 4321',
      'Assinado eletronicamente no sistema da clínica em 26/11/2026, 14:05',
      'Documento emitido em atendimento por telemedicina',
      'Não contém assinatura qualificada ICP-Brasil',
      issued.verifyUrl,
      issued.hash,
      'Página 1 de 1',
    ]) {
      expect(page).toContain(part);
    }
    expect(page).not.toContain('RASCUNHO');
  });

  test('that is long breaks into pages, head and foot on each, no word lost', async () => {
    const words = Array.from({ length: 4000 }, (_, index) => `palavra${index}`);
    const pages = await pagesOf(
      await printer.print(
        aPaper([
          { kind: 'heading', text: 'Subjetivo' },
          { kind: 'paragraph', text: words.join(' ') },
          { kind: 'paragraph', text: 'x'.repeat(600) },
        ]),
      ),
    );
    expect(pages.length).toBeGreaterThan(3);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain('Clínica São João');
      expect(page).toContain(`Página ${index + 1} de ${pages.length}`);
    }
    const all = pages.join(' ');
    expect(words.filter((word) => !new RegExp(`\\b${word}\\b`).test(all))).toEqual([]);
    expect(all.match(/x/g)?.length).toBeGreaterThanOrEqual(600);
  });

  test('that is not signed says RASCUNHO on every page and has no code', async () => {
    const text = Array.from({ length: 200 }, () => 'linha longa de texto de uma nota').join('. ');
    const pages = await pagesOf(
      await printer.print(aPaper([{ kind: 'paragraph', text: text.repeat(3) }], { issued: null })),
    );
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(page).toContain('RASCUNHO');
    expect(pages.join('')).toContain('ainda não foi assinado');
    expect(pages.join('')).not.toContain('código');
  });

  test('draws what a font has no picture for without breaking', async () => {
    const [page = ''] = await pagesOf(
      await printer.print(
        aPaper([{ kind: 'paragraph', text: 'antes 😀 \u0000\u0007 漢 depois  a\u0301gua' }]),
      ),
    );
    expect(page).toContain('antes');
    expect(page).toContain('depois');
    expect(page).toContain('água');
  });
});
