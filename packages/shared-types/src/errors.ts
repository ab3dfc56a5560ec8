import { z } from 'zod';

/** Every way in which a request or a socket event can be refused. REST gives the status, sockets the code alone. */
export const errorCode = z.enum([
  'unauthenticated',
  'token_expired',
  'forbidden',
  'second_factor_required',
  'not_found',
  'validation_failed',
  'conflict',
  'version_conflict',
  'care_consent_required',
  'ai_consent_required',
  'consultation_ended',
  'payload_too_large',
  'rate_limited',
  'storage_full',
  'unavailable',
  'internal',
  'not_joined',
  'not_transcribing',
  'invalid_chunk',
  'unsupported_sample_rate',
]);
export type ErrorCode = z.infer<typeof errorCode>;

/** HTTP status and the pt-BR sentence that a person reads when nothing more exact is known. */
export const errorFaces: Record<ErrorCode, { status: number; message: string }> = {
  unauthenticated: { status: 401, message: 'Entre com sua conta para continuar.' },
  token_expired: { status: 401, message: 'Sua sessão expirou. Entre novamente para continuar.' },
  forbidden: { status: 403, message: 'Você não tem permissão para fazer isto.' },
  second_factor_required: {
    status: 403,
    message: 'Confirme sua identidade com a verificação em duas etapas para continuar.',
  },
  not_found: { status: 404, message: 'Não encontramos o que você procura.' },
  validation_failed: { status: 400, message: 'Confira os dados enviados.' },
  conflict: { status: 409, message: 'Isto conflita com o que já está registrado.' },
  version_conflict: {
    status: 409,
    message: 'Outra pessoa alterou este registro. Recarregue para ver a versão atual.',
  },
  care_consent_required: {
    status: 409,
    message: 'O paciente ainda não aceitou o atendimento por telemedicina.',
  },
  ai_consent_required: {
    status: 409,
    message: 'O uso de inteligência artificial não foi autorizado nesta consulta.',
  },
  consultation_ended: { status: 410, message: 'Esta consulta já terminou.' },
  payload_too_large: { status: 413, message: 'O conteúdo enviado é grande demais.' },
  rate_limited: {
    status: 429,
    message: 'Muitas tentativas em pouco tempo. Aguarde e tente de novo.',
  },
  storage_full: {
    status: 507,
    message: 'O armazenamento está cheio. O áudio continua guardado neste aparelho.',
  },
  unavailable: { status: 503, message: 'Este serviço está fora do ar agora. Tente em instantes.' },
  internal: { status: 500, message: 'Algo não funcionou aqui. Tente de novo em instantes.' },
  not_joined: { status: 403, message: 'Entre na sala antes de continuar.' },
  not_transcribing: { status: 409, message: 'A transcrição não está ligada.' },
  invalid_chunk: { status: 400, message: 'O trecho de áudio recebido é inválido.' },
  unsupported_sample_rate: {
    status: 400,
    message: 'Taxa de amostragem não aceita: envie PCM de 16 kHz.',
  },
};

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

export const googleMissingMessage =
  'Esta instalação ainda não tem a conexão com o Google configurada.';

export const guardianCircleMessage = 'Duas pessoas não podem responder uma pela outra.';

/** Body of every refused REST request. */
export const errorBody = z.object({
  error: z.object({
    code: errorCode,
    message: z.string(),
    details: z.unknown().optional(),
    requestId: z.string().optional(),
  }),
});
export type ErrorBody = z.infer<typeof errorBody>;

/** Acknowledgement of every client event on a socket. */
export type Ack<T extends object = object> =
  | ({ ok: true } & T)
  | { ok: false; error: { code: ErrorCode; message: string; retryAfterMs?: number } };

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
