import { type DocumentDraft, documentDraft } from '@medcall/shared-types';

export type DocumentFormKind = DocumentDraft['kind'];

/** Everything that the form holds; which part counts depends on the kind. */
export interface DocumentForm {
  kind: DocumentFormKind;
  medicines: readonly { id: string; medicine: string; directions: string; quantity: string }[];
  purpose: 'leave' | 'attendance' | 'other';
  days: string;
  from: string;
  text: string;
  exams: string;
  indication: string;
}

/** The form as the service takes it; null while something that the paper needs is missing. */
export function toDraft(form: DocumentForm): DocumentDraft | null {
  const parsed = documentDraft.safeParse({ kind: form.kind, content: contentOf(form) });
  return parsed.success ? parsed.data : null;
}

function contentOf(form: DocumentForm): unknown {
  const text = form.text.trim() || undefined;
  switch (form.kind) {
    case 'prescription':
      return {
        items: form.medicines
          .filter(({ medicine, directions }) => medicine.trim() !== '' || directions.trim() !== '')
          .map(({ medicine, directions, quantity }) => ({
            medicine,
            directions,
            quantity: quantity.trim() || undefined,
          })),
        notes: text,
      };
    case 'certificate':
      return form.purpose === 'leave'
        ? { purpose: 'leave', days: Number(form.days), from: form.from, text }
        : { purpose: form.purpose, text };
    case 'exam_request':
      return {
        items: form.exams
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
        indication: form.indication.trim() || undefined,
      };
    case 'instructions':
      return { text };
    case 'note':
      return {};
  }
}
