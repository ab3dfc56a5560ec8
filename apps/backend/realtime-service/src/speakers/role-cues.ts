import type { RoleCue } from './roles.ts';

interface Cue {
  readonly pattern: RegExp;
  /** Natural log odds for the doctor. */
  readonly odds: number;
}

/**
 * General Portuguese, lower case and without accents. What a doctor does with language: asks,
 * addresses formally, instructs, prescribes, examines. What a patient does: answers, tells of their
 * own body, addresses the doctor.
 */
const CUES: readonly Cue[] = [
  { pattern: /\?/, odds: 0.9 },
  {
    pattern:
      /^(e )?(como|quando|onde|quanto|quantos|quantas|qual|quais|desde quando|ha quanto tempo|o que|tem|teve|sente|ja|usa|toma|faz)\b.*\?/,
    odds: 0.4,
  },
  {
    pattern:
      /\b(o senhor|a senhora|voce)\b.*\b(sente|tem|teve|toma|usa|faz|fuma|bebe|mora|dorme)\b/,
    odds: 0.6,
  },
  { pattern: /\b(aqui e|sou) (o doutor|a doutora|o medico|a medica)\b/, odds: 1.5 },
  {
    pattern:
      /\bvou (pedir|solicitar|receitar|prescrever|examinar|auscultar|medir|encaminhar|passar)\b/,
    odds: 1.2,
  },
  {
    pattern:
      /\b(tome|tomar|use|aplique|evite|suspenda|mantenha|volte|retorne|procure|respire|abra|deite|levante|faca)\b.*\b(dias?|horas?|vezes|comprimidos?|gotas|boca|fundo|pronto|emergencia|semana|exame|retorno)\b/,
    odds: 0.8,
  },
  { pattern: /\b(me conta|me conte|me diga|me fale|pode me dizer)\b/, odds: 0.9 },
  {
    pattern: /\b(seu|sua|do senhor|da senhora) (exame|pressao|resultado|receita|retorno)\b/,
    odds: 0.6,
  },
  { pattern: /\b(doutor|doutora)\b/, odds: -0.7 },
  {
    pattern:
      /\b(eu )?(sinto|senti|estou sentindo|tenho sentido|tenho tido|estou com|fiquei|acordo|acordei|durmo|moro|trabalho|tomei|tomo|uso|parei|consigo|preocupo)\b/,
    odds: -0.8,
  },
  { pattern: /\bnao (tenho|tive|tomo|uso|sinto|fumo|bebo|consigo|lembro|sei)\b/, odds: -0.6 },
  {
    pattern:
      /\b(minha|meu) (cabeca|barriga|peito|perna|braco|costas|garganta|olho|ouvido|filho|filha|mae|pai|marido|esposa)\b/,
    odds: -0.7,
  },
  { pattern: /^(sim|nao|isso|tenho|tive|tomo|as vezes|so|ja|faz|ha|desde)\b[^?]*$/, odds: -0.5 },
  { pattern: /\b(doi|doendo|ardendo|cocando|latejando)\b[^?]*$/, odds: -0.4 },
];

/** A first-person form inside a question is mostly a patient's question: weak either way. */
const QUESTION_REVERSAL = 0.25;

function normalised(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .trim();
}

/**
 * How much a Portuguese sentence sounds like a doctor: natural log odds in −2…2. General turns of
 * speech, weighted by judgement and not by training; one sentence proves little, a talk adds up.
 */
export const portugueseRoleCue: RoleCue = (text) => {
  const said = normalised(text);
  if (said === '') return 0;
  const asks = said.includes('?');
  let odds = 0;
  for (const cue of CUES) {
    if (!cue.pattern.test(said)) continue;
    odds += cue.odds < 0 && asks ? cue.odds * QUESTION_REVERSAL : cue.odds;
  }
  return Math.max(-2, Math.min(2, odds));
};
