import { describe, expect, it } from 'vitest';
import { type DocumentForm, toDraft } from './document-form.ts';

const blank: DocumentForm = {
  kind: 'prescription',
  medicines: [{ id: '1', medicine: '', directions: '', quantity: '' }],
  purpose: 'leave',
  days: '',
  from: '',
  text: '',
  exams: '',
  indication: '',
};

describe('the form of a document', () => {
  it('is a prescription once each begun medicine says how to take it', () => {
    expect(toDraft(blank)).toBeNull();
    const begun = { id: '1', medicine: 'Dipirona 500 mg', directions: '', quantity: '' };
    expect(toDraft({ ...blank, medicines: [begun] })).toBeNull();
    const whole = { ...begun, directions: '1 comprimido de 6 em 6 horas se dor' };
    const empty = { id: '2', medicine: '', directions: '', quantity: '' };
    expect(toDraft({ ...blank, medicines: [whole, empty] })?.content).toEqual({
      items: [{ medicine: 'Dipirona 500 mg', directions: '1 comprimido de 6 em 6 horas se dor' }],
    });
  });

  it('is a leave only with days and a first day', () => {
    const leave = { ...blank, kind: 'certificate' as const, days: '2', from: '2026-11-26' };
    expect(toDraft(leave)?.content).toMatchObject({ purpose: 'leave', days: 2 });
    expect(toDraft({ ...leave, days: '' })).toBeNull();
    expect(toDraft({ ...leave, purpose: 'attendance', days: '', from: '' })).not.toBeNull();
    expect(toDraft({ ...leave, purpose: 'other' })).toBeNull();
  });

  it('takes one exam a line', () => {
    const asked = { ...blank, kind: 'exam_request' as const, exams: 'Hemograma\n\n TSH ' };
    expect(toDraft(asked)?.content).toEqual({ items: ['Hemograma', 'TSH'] });
  });
});
