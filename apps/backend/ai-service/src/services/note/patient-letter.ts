import type { NoteSentence } from '@medcall/shared-types/note';

/** The parts of a note that a letter is made from. */
export interface LetterSource {
  patientName: string;
  doctorName: string;
  /** dd/mm/aaaa */
  date: string;
  avaliacao: readonly NoteSentence[];
  plano: readonly NoteSentence[];
}

/** Frames of a draft that a chart needs and a letter does not. */
const frame =
  /^(?:Impressão dita pelo médico|Orientação dita pelo médico|Dito pelo médico): "(.*)"\.$/su;

/**
 * A letter to the patient from the note as it stands: what the doctor said it is, and what was agreed,
 * in the words that the patient heard. Nothing is added, nothing is explained that was not explained.
 */
export function writeLetter(source: LetterSource): string {
  const heard = source.avaliacao.map(plainText);
  const agreed = source.plano.map(plainText);
  return [
    `Olá, ${source.patientName}.`,
    `Este é o resumo da sua consulta de ${source.date} com ${source.doctorName}.`,
    ...block('O que conversamos sobre o seu quadro:', heard),
    ...block('O que ficou combinado:', agreed),
    'Se algo aqui não estiver claro ou se você piorar, fale com quem atende você. Em uma emergência, ligue 192 (SAMU) ou procure o pronto-socorro mais próximo.',
  ].join('\n\n');
}

function block(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [[heading, ...lines.map((line) => `• ${line}`)].join('\n')];
}

function plainText(sentence: NoteSentence): string {
  const said = frame.exec(sentence.text)?.[1] ?? sentence.text;
  const text = said.replace(/[\s.]+$/u, '');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[!?]$/.test(text) ? '' : '.'}`;
}
