import { describe, expect, it } from 'vitest';
import { guidelineMessages } from '#messages/admin/guidelines.ts';
import { readGuidelineFile } from './guideline-file.ts';

const file = (name: string, content: string) => new File([content], name);

describe('a file for the guidelines', () => {
  it('is a PDF by its first bytes, whatever it is called', async () => {
    expect((await readGuidelineFile(file('protocolo.md', '%PDF-1.7 …'))).kind).toBe('pdf');
  });

  it('is Markdown by its name', async () => {
    const read = await readGuidelineFile(file('protocolo.MD', '# Título'));
    expect(read).toEqual({ kind: 'markdown', markdown: '# Título' });
  });

  it.each([null, file('vazio.md', ''), file('planilha.xlsx', 'PK')])(
    'is refused when it is nothing that can be read',
    async (given) => {
      expect(await readGuidelineFile(given)).toEqual({
        kind: 'refused',
        reason: guidelineMessages.fileMissing,
      });
    },
  );

  it('is refused when it is larger than the service takes', async () => {
    const large = file('grande.md', 'a'.repeat(2 * 1024 * 1024 + 1));
    expect(await readGuidelineFile(large)).toEqual({
      kind: 'refused',
      reason: guidelineMessages.fileLarge,
    });
  });
});
