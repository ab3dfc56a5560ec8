import type { ConsentType } from './consent-record.ts';

/** Texts that were in use before: who accepted one is held to what he read. Grows with each change below. */
export const earlierConsentTexts: Record<ConsentType, { version: string; text: string }[]> = {
  care: [],
  recording: [],
  ai: [],
};

/** The texts that a person accepts. The version and the SHA-256 of the text are stored with each consent. */
export const consentTexts: Record<ConsentType, { version: string; title: string; text: string }> = {
  care: {
    version: 'care-2026-11',
    title: 'Atendimento por telemedicina',
    text: 'Aceito ser atendido a distância, por vídeo e áudio. Sei que posso desistir a qualquer momento e pedir atendimento presencial, e que o registro da consulta fica guardado no prontuário da clínica.',
  },
  recording: {
    version: 'recording-2026-11',
    title: 'Guardar o áudio da consulta',
    text: 'Autorizo a clínica a guardar o áudio desta consulta junto ao prontuário. Sem esta autorização, o áudio é apagado e nunca pode ser ouvido depois.',
  },
  ai: {
    version: 'ai-2026-11',
    title: 'Transcrição com inteligência artificial',
    text: 'Autorizo que a conversa seja transformada em texto por um programa e que o médico veja sugestões de perguntas. Nenhuma decisão é tomada pelo programa. Posso retirar esta autorização durante a consulta.',
  },
};
