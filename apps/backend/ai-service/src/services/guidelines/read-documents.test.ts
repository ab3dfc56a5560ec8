import { describe, expect, it } from 'vitest';
import { aPdf } from '../../testing/a-pdf.ts';
import { readMarkdown } from './read-markdown.ts';
import { readPdf, sectionsOf } from './read-pdf.ts';
import { splitPassages } from './split-passages.ts';

describe('Markdown', () => {
  it('is cut at its headings, each with its chapter, without the marks', () => {
    const sections = readMarkdown(
      '---\ntitle: x\n---\n# Fluxo de febre\n\nTexto **inicial**.\n\n## Conduta\n\n- [Dipirona](https://x.example) se dor\n\n### Criança\n\n| dose | via |\n|---|---|\n| 10 mg | oral |\n\n```\n# não é título\n```\n',
      'Fluxo de febre',
    );
    expect(sections.filter(({ text }) => text !== '')).toEqual([
      { heading: 'Fluxo de febre', text: 'Texto inicial.' },
      { heading: 'Conduta', text: 'Dipirona se dor' },
      expect.objectContaining({ heading: 'Conduta: Criança' }),
    ]);
    expect(sections.at(-1)?.text).toMatch(/dose via\s+10 mg oral/);
    expect(sections.at(-1)?.text).toContain('# não é título');
  });
});

describe('passages', () => {
  it('are at most 180 words, end with a sentence, lose nothing', () => {
    const sentence = 'A febre pede avaliação de 38.5 graus com calma e tempo.';
    const text = Array.from({ length: 60 }, () => sentence).join(' ');
    const passages = splitPassages([{ heading: 'Febre', text }]);
    expect(passages.length).toBeGreaterThan(3);
    for (const passage of passages) {
      expect(passage.text.split(' ').length).toBeLessThanOrEqual(180);
      expect(passage.text).toMatch(/tempo\.$/);
    }
    expect(passages.map((passage) => passage.text).join(' ')).toBe(text);
    expect(passages.map((passage) => passage.heading).slice(0, 2)).toEqual(['Febre', 'Febre (2)']);
  });

  it('of a text without full stops are cut all the same; of hardly a word there is none', () => {
    const text = Array.from({ length: 400 }, (_, at) => `item${at}`).join(' ');
    expect(splitPassages([{ heading: 'Tabela', text }]).length).toBe(3);
    expect(splitPassages([{ heading: 'Vazio', text: 'ver acima' }])).toEqual([]);
  });
});

describe('a PDF', () => {
  it('gives its text under its numbered headings', async () => {
    const sections = await readPdf(
      aPdf([
        ['1. Introducao', `${'A pressao alta e comum. '.repeat(8)}`],
        ['2. Conduta', 'Medir a pressao em duas consultas e orientar a reducao do sal.'],
      ]),
    );
    expect(sections.map(({ heading }) => heading)).toEqual(['1. Introducao', '2. Conduta']);
    expect(sections[1]?.text.trim()).toBe(
      'Medir a pressao em duas consultas e orientar a reducao do sal.',
    );
  });

  it('leaves out running heads and page numbers, joins words cut at the end of a line', () => {
    const pages = [1, 2, 3].map(
      (page) => `Protocolo da casa\nNo caso ${page} a hiperten-\nsão é comum em ${page}.\n${page}`,
    );
    expect(sectionsOf(pages)).toEqual([
      { heading: 'Página 1', text: ' No caso 1 a hipertensão é comum em 1.' },
      { heading: 'Página 2', text: ' No caso 2 a hipertensão é comum em 2.' },
      { heading: 'Página 3', text: ' No caso 3 a hipertensão é comum em 3.' },
    ]);
  });

  it.each([
    ['no PDF at all', new TextEncoder().encode('isto não é um PDF'), /não é um PDF/],
    ['one without text', aPdf([['']]), /digitalizado/],
  ])('is refused when it is %s', async (_, file, message) => {
    await expect(readPdf(file)).rejects.toThrow(message);
  });
});
