import * as z from './lean.ts';

/** Every way in which a request or a socket event can be refused. REST gives the status, sockets the code alone. */
export const errorCode = z.oneOf([
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
export type ErrorCode = z.Of<typeof errorCode>;

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

/** Body of every refused REST request. */
export const errorBody = z.object({
  error: z.object({
    code: errorCode,
    message: z.string(),
    details: z.optional(z.unknown()),
    requestId: z.optional(z.string()),
  }),
});
export type ErrorBody = z.Of<typeof errorBody>;

/** Acknowledgement of every client event on a socket. */
export type Ack<T extends object = object> =
  | ({ ok: true } & T)
  | { ok: false; error: { code: ErrorCode; message: string; retryAfterMs?: number } };
