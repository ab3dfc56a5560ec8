import { setTimeout as wait } from 'node:timers/promises';
import { type FakeGoogle, startFakeGoogle } from '../../../tests/fakes/google/fake-google.ts';
import { type FakeResend, startFakeResend } from '../../../tests/fakes/resend/fake-resend.ts';
import { type FakeTwilio, startFakeTwilio } from '../../../tests/fakes/twilio/fake-twilio.ts';
import type { VendorFault } from '../../../tests/fakes/vendor-fault.ts';
import {
  type FakeReceiver,
  type ReceiverBehaviour,
  startFakeReceiver,
} from '../../../tests/fakes/webhook-receiver/fake-receiver.ts';

export interface Vendors {
  resend: FakeResend;
  twilio: FakeTwilio;
  receiver: FakeReceiver;
  google: FakeGoogle;
  /** From now on everybody answers at once and well. */
  calm(): void;
  close(): Promise<void>;
}

const lostAnswers = [
  'server_error_before',
  'server_error_after',
  'cut_off_before',
  'cut_off_after',
  'hang_after',
  'garbage_after',
] as const;

export interface Trouble {
  random: () => number;
  /** Share of requests that fail in one of the ways above, and of those that are refused with 429. */
  lostShare: number;
  limitedShare: number;
  /** Share of requests in whose middle every worker is killed: the work is done, nobody hears of it. */
  killShare: number;
  killAll: () => void;
}

/** The four outside systems, in trouble. */
export async function startVendors(trouble: Trouble): Promise<Vendors> {
  const [google, resend, twilio, receiver] = await Promise.all([
    startFakeGoogle(),
    startFakeResend(),
    startFakeTwilio(),
    startFakeReceiver(),
  ]);
  const { killAll, killShare, limitedShare, lostShare, random } = trouble;
  const fault = (): VendorFault | null => {
    const drawn = random();
    if (drawn < killShare) {
      // After the vendor has taken the message, before its answer could be read.
      void wait(5).then(killAll);
      return { kind: 'hang_after' };
    }
    if (drawn < killShare + limitedShare) return { kind: 'rate_limited', retryAfterSeconds: 1 };
    if (drawn < killShare + limitedShare + lostShare) {
      const kind = lostAnswers[Math.floor(random() * lostAnswers.length)] ?? 'cut_off_after';
      return { kind };
    }
    return null;
  };
  google.faults.otherwise = fault;
  google.tokenFaults.otherwise = () =>
    random() < lostShare ? { kind: 'server_error_before' } : null;
  resend.faults.otherwise = fault;
  twilio.faults.otherwise = fault;
  twilio.lookUpFaults.otherwise = () =>
    random() < lostShare ? { kind: 'server_error_before' } : null;
  receiver.otherwise = (): ReceiverBehaviour => {
    const drawn = random();
    if (drawn < killShare) {
      void wait(5).then(killAll);
      return { kind: 'hang' };
    }
    if (drawn < killShare + limitedShare) return { kind: 'status', status: 503 };
    if (drawn < killShare + limitedShare + lostShare)
      return { kind: random() < 0.5 ? 'cut_off' : 'hang' };
    return { kind: 'ok' };
  };
  return {
    google,
    resend,
    twilio,
    receiver,
    calm() {
      google.faults.otherwise = () => null;
      google.tokenFaults.otherwise = () => null;
      resend.faults.otherwise = () => null;
      twilio.faults.otherwise = () => null;
      twilio.lookUpFaults.otherwise = () => null;
      receiver.otherwise = () => ({ kind: 'ok' });
    },
    close: async () => {
      await Promise.all([google.close(), resend.close(), twilio.close(), receiver.close()]);
    },
  };
}
