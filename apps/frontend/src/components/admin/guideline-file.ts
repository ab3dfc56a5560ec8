import { guidelineMessages as text } from '#messages/admin/guidelines.ts';

/** What a chosen file is; `refused` with the sentence for the field. */
export type GuidelineFile =
  | { kind: 'pdf'; content: Blob }
  | { kind: 'markdown'; markdown: string }
  | { kind: 'refused'; reason: string };

// The limits of the service (routes/guidelines.ts of the AI service).
const largestPdfBytes = 20 * 1024 * 1024;
const largestMarkdownBytes = 2 * 1024 * 1024;

/** Tells PDF from Markdown by content and name, and what is too large before it is sent. */
export async function readGuidelineFile(file: File | null): Promise<GuidelineFile> {
  if (!file || file.size === 0) return { kind: 'refused', reason: text.fileMissing };
  if ((await file.slice(0, 5).text()) === '%PDF-') {
    return file.size > largestPdfBytes
      ? { kind: 'refused', reason: text.fileLarge }
      : { kind: 'pdf', content: file };
  }
  if (!/\.(md|markdown)$/i.test(file.name)) return { kind: 'refused', reason: text.fileMissing };
  return file.size > largestMarkdownBytes
    ? { kind: 'refused', reason: text.fileLarge }
    : { kind: 'markdown', markdown: await file.text() };
}
