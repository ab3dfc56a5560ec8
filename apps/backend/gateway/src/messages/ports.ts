/** Why a message certainly did not and will not go out as it is. The texts for people are in shared-types. */
export type RefusalReason = 'invalid_address' | 'unsubscribed' | 'refused';

/**
 * What became of a try. The difference between "certainly not" and "perhaps" decides whether it may be
 * tried again without asking.
 */
export type SendOutcome =
  | { kind: 'sent'; providerId: string }
  /** Not sent, and another try of the same would not be either. `vendorCode` is for the operator. */
  | { kind: 'refused'; reason: RefusalReason; vendorCode: string }
  /** Certainly not sent; later it may be. */
  | { kind: 'later'; vendorCode: string; retryAfterMs?: number }
  /** Perhaps sent: the answer was lost, cut off or unreadable. */
  | { kind: 'unknown'; vendorCode: string };

export interface OutgoingMail {
  /** Names this very message: the same key never brings a second mail within `Mailer.keyLivesMs`. */
  idempotencyKey: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** Sends e-mail. A repeated key is safe for as long as the vendor remembers it. */
export interface Mailer {
  readonly name: string;
  readonly keyLivesMs: number;
  send(mail: OutgoingMail, signal?: AbortSignal): Promise<SendOutcome>;
}

export interface OutgoingSms {
  /** Our id of the message: comes back with the vendor's status reports. */
  reference: string;
  /** E.164. */
  to: string;
  body: string;
}

export interface FoundSms {
  providerId: string;
  createdAt: Date;
}

/**
 * Sends SMS. No vendor of ours knows a repetition, so a try of unknown outcome is looked up before
 * anything is sent again.
 */
export interface SmsSender {
  readonly name: string;
  /** After so long an accepted message is certainly in the vendor's list. */
  readonly visibleAfterMs: number;
  send(sms: OutgoingSms, signal?: AbortSignal): Promise<SendOutcome>;
  /**
   * Messages of ours with this recipient and text, made since then, newest first.
   * @throws AppError unavailable when the vendor cannot be asked
   */
  find(sms: OutgoingSms, since: Date, signal?: AbortSignal): Promise<FoundSms[]>;
}
