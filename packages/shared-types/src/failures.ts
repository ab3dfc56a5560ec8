import { z } from 'zod';

/** Why a recording of a voice cannot be used. */
export const voiceProblem = z.enum([
  'not_wav',
  'too_short',
  'too_long',
  'too_little_speech',
  'too_quiet',
  'clipped',
  'noisy',
]);
export type VoiceProblem = z.infer<typeof voiceProblem>;

export const voiceProblemMessages: Record<VoiceProblem, string> = {
  not_wav: 'Envie a gravação em WAV.',
  too_short: 'A gravação é curta: leia por pelo menos 5 segundos.',
  too_long: 'A gravação passa de 15 segundos: leia uma frase só.',
  too_little_speech: 'Há pouca fala na gravação: leia a frase inteira.',
  too_quiet: 'A voz está baixa: fale mais perto do microfone.',
  clipped: 'O som está distorcido: fale mais longe do microfone ou baixe o volume dele.',
  noisy: 'Há ruído demais: grave num lugar mais silencioso.',
};

/** Why a booking is refused: `details.reason` of a conflict. */
export const bookingRefusal = z.enum(['slot_taken', 'not_offered', 'too_many_open']);
export type BookingRefusal = z.infer<typeof bookingRefusal>;

export const bookingRefusalMessages: Record<BookingRefusal, string> = {
  slot_taken: 'O médico já tem uma consulta neste horário.',
  not_offered: 'Este horário não está mais disponível. Escolha outro.',
  too_many_open: 'Já há consultas marcadas em seu nome. Cancele uma delas ou fale com a clínica.',
};

/** Why a consent, or who signs it, is refused. */
export type ConsentRefusal =
  | 'patient_alone'
  | 'text_changed'
  | 'guardian_signs'
  | 'guardian_by_staff'
  | 'not_guardian';
export const consentRefusalMessages: Record<ConsentRefusal, string> = {
  patient_alone: 'Na consulta online, só o paciente registra o próprio consentimento.',
  text_changed: 'O texto deste consentimento mudou. Recarregue a página e leia-o de novo.',
  guardian_signs:
    'O paciente é menor de idade: quem autoriza é o responsável. Informe o nome e o parentesco.',
  guardian_by_staff:
    'Só a clínica indica a ficha do responsável. Informe o nome e o parentesco, sem a ficha.',
  not_guardian: 'Esta pessoa não está na ficha como responsável pelo paciente.',
};

/** Why a doctor's certificate cannot be taken or used: `details.reason` of a conflict. */
export type CertificateProblem =
  | 'not_a_file'
  | 'wrong_password'
  | 'no_key'
  | 'not_rsa'
  | 'not_for_signing'
  | 'no_roots'
  | 'unknown_chain'
  | 'expired'
  | 'not_yet_valid'
  | 'revoked'
  | 'other_person'
  | 'other_cpf';
export const certificateProblemMessages: Record<CertificateProblem, string> = {
  not_a_file: 'Este arquivo não é um certificado A1. Envie o arquivo .pfx ou .p12.',
  wrong_password: 'A senha do certificado está errada.',
  no_key: 'O arquivo não traz a chave do certificado. Exporte-o de novo, com a chave privada.',
  not_rsa:
    'A chave deste certificado é de um tipo que ainda não aceitamos. Use um certificado RSA.',
  not_for_signing: 'Este certificado não serve para assinar documentos.',
  no_roots: 'Esta instalação ainda não tem as raízes da ICP-Brasil configuradas.',
  unknown_chain: 'O certificado não foi emitido por uma autoridade da ICP-Brasil que conhecemos.',
  expired: 'O certificado venceu. Envie o novo em Configurações, Assinatura, ou remova-o.',
  not_yet_valid: 'O certificado ainda não começou a valer.',
  revoked: 'O certificado foi revogado. Envie outro em Configurações, Assinatura, ou remova-o.',
  other_person: 'O certificado é de outra pessoa: o nome nele não é o do seu cadastro.',
  other_cpf:
    'O CPF deste certificado não é o do certificado que está guardado. Se este é o seu, remova o outro antes de enviá-lo.',
};

export const googleMissingMessage =
  'Esta instalação ainda não tem a conexão com o Google configurada.';

export const guardianCircleMessage = 'Duas pessoas não podem responder uma pela outra.';

/** Why a message to a patient did not go out, as it stands in `notifications.error`. */
export const messageFailure = z.enum([
  'no_address',
  'invalid_address',
  'unsubscribed',
  'refused',
  'gave_up',
  'outcome_unknown',
]);
export type MessageFailure = z.infer<typeof messageFailure>;

export const messageFailureFaces: Record<MessageFailure, string> = {
  no_address: 'O cadastro do paciente não tem este contato.',
  invalid_address: 'O contato do cadastro não é válido.',
  unsubscribed: 'O paciente pediu para não receber mensagens deste número.',
  refused: 'O serviço de mensagens recusou o envio.',
  gave_up: 'O serviço de mensagens ficou fora do ar por tempo demais.',
  outcome_unknown: 'O serviço de mensagens não respondeu: a mensagem pode ou não ter saído.',
};

/** Why a webhook did not arrive, as it stands in `webhook_deliveries.error`. */
export const webhookFailure = z.enum([
  'refused_address',
  'timeout',
  'connection',
  'tls',
  'status',
  'redirect',
  'no_url',
  'gone',
]);
export type WebhookFailure = z.infer<typeof webhookFailure>;

export const webhookFailureFaces: Record<WebhookFailure, string> = {
  refused_address: 'O endereço aponta para uma rede interna ou não é aceito.',
  timeout: 'O sistema da clínica não respondeu a tempo.',
  connection: 'Não foi possível conectar ao sistema da clínica.',
  tls: 'O certificado de segurança do sistema da clínica não é válido.',
  status: 'O sistema da clínica respondeu com erro.',
  redirect: 'O sistema da clínica respondeu com um redirecionamento, que não é seguido.',
  no_url: 'O webhook foi desligado antes da entrega.',
  gone: 'O sistema da clínica respondeu que não quer mais receber este aviso.',
};

/** Why a consultation cannot be transcribed again from its sound: `details.reason` of a conflict. */
export const retranscriptionRefusal = z.enum([
  'in_progress',
  'not_allowed',
  'sound_deleted',
  'no_sound',
]);
export type RetranscriptionRefusal = z.infer<typeof retranscriptionRefusal>;

export const retranscriptionRefusalMessages: Record<RetranscriptionRefusal, string> = {
  in_progress: 'A consulta não terminou, ou o seu áudio ainda está sendo transcrito.',
  not_allowed:
    'A transcrição não está autorizada: o paciente não consentiu, retirou o consentimento, ou a inteligência artificial está desligada nesta consulta.',
  sound_deleted: 'O áudio desta consulta já foi apagado; o que está transcrito fica como está.',
  no_sound: 'Não há áudio guardado desta consulta.',
};

/** Why a re-transcription came to nothing: what forbade it in the end, or what became of the engine. */
export const retranscriptionFailure = z.enum([
  ...retranscriptionRefusal.options,
  'cost_cap',
  'no_progress',
]);
export type RetranscriptionFailure = z.infer<typeof retranscriptionFailure>;

export const retranscriptionFailureMessages: Record<RetranscriptionFailure, string> = {
  ...retranscriptionRefusalMessages,
  cost_cap:
    'O limite de custo foi atingido: nada pôde ser ouvido de novo, e o que está transcrito fica como está.',
  no_progress:
    'O reconhecimento de fala ficou tempo demais sem responder. O que está transcrito fica como está; peça de novo mais tarde.',
};
