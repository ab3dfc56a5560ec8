import { expect, it } from 'vitest';
import { writeLetter } from './patient-letter.ts';

const sentence = (text: string) => ({
  id: '00000000-0000-4000-8000-000000000001',
  text,
  origin: 'ai' as const,
  transcription_ids: ['00000000-0000-4000-8000-000000000002'],
});

it('is made of what the patient heard, without the frames of the chart', () => {
  const text = writeLetter({
    patientName: 'Luciana',
    doctorName: 'Dra. Beatriz Nogueira',
    date: '26/11/2026',
    avaliacao: [sentence('Impressão dita pelo médico: "Isso parece uma cistite".')],
    plano: [
      sentence('Receitar fosfomicina, dose única.'),
      sentence('Orientação dita pelo médico: "Beba mais água".'),
    ],
  });
  expect(text).toContain('• Isso parece uma cistite.');
  expect(text).toContain('• Receitar fosfomicina, dose única.\n• Beba mais água.');
  expect(text).not.toMatch(/dita pelo médico/);
});

it('has no heading over nothing', () => {
  const text = writeLetter({
    patientName: 'Ana',
    doctorName: 'Dr. Caio',
    date: '26/11/2026',
    avaliacao: [],
    plano: [],
  });
  expect(text).not.toMatch(/combinado|quadro/);
});
