/**
 * Why a job gave no text:
 * `cancelled` its owner no longer wants it; `shed` dropped under load (never a final);
 * `set_aside` it ended a decoder twice; `engine` the engine failed; `unpaid` a cap is reached, or nobody is there
 * to pay; `stopped` the service ends.
 */
export type SpeechErrorReason =
  | 'cancelled'
  | 'shed'
  | 'set_aside'
  | 'engine'
  | 'unpaid'
  | 'stopped';

/** Whether the same job may succeed when it is tried again. */
const RETRYABLE: Readonly<Record<SpeechErrorReason, boolean>> = {
  cancelled: false,
  shed: true,
  set_aside: false,
  engine: true,
  // Somebody may raise the cap.
  unpaid: true,
  stopped: true,
};

export class SpeechError extends Error {
  readonly reason: SpeechErrorReason;
  readonly retryable: boolean;

  constructor(reason: SpeechErrorReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SpeechError';
    this.reason = reason;
    this.retryable = RETRYABLE[reason];
  }
}
