import { AppError, type MemberCaller, notFound } from '@medcall/service-kit';
import {
  type RetranscribedUtterance,
  type Retranscription,
  type RetranscriptionJob,
  retranscriptionRefusalMessages,
} from '@medcall/shared-types';
import type { ConsultationReader, RoomView } from '../services/consultation-reader.ts';
import type { Retranscriber } from './retranscriber.ts';
import type { RetranscriptionRequests } from './retranscription-requests.ts';
import { refusalOf, type StandingParts } from './standing.ts';

interface RetranscriptionsOptions {
  requests: RetranscriptionRequests;
  retranscriber: Pick<Retranscriber, 'wake' | 'calledOff'>;
  reader: Pick<ConsultationReader, 'visible'>;
  standing: StandingParts;
}

/** What people do about transcribing a consultation again: look, ask, call off, read what changed. */
export class Retranscriptions {
  private readonly options: RetranscriptionsOptions;

  constructor(options: RetranscriptionsOptions) {
    this.options = options;
  }

  /** @throws AppError not_found */
  async read(caller: MemberCaller, roomId: string): Promise<Retranscription> {
    return this.of(caller, await this.seen(caller, roomId));
  }

  /**
   * Asks for a job; one that is on its way already is the answer.
   * @throws AppError not_found, forbidden for a colleague, conflict with the refusal in `details.reason`
   */
  async ask(caller: MemberCaller, roomId: string): Promise<Retranscription> {
    const { requests, retranscriber, standing } = this.options;
    const view = await this.own(caller, roomId);
    const refusal = await refusalOf(view, standing);
    if (refusal) {
      throw new AppError(refusal === 'not_allowed' ? 'ai_consent_required' : 'conflict', {
        message: retranscriptionRefusalMessages[refusal],
        details: { reason: refusal },
      });
    }
    const job = await requests.ask(caller, view.consultationId);
    retranscriber.wake();
    return { refusal: null, job };
  }

  /** Calls off what is not done; the transcript stays as it was. @throws AppError not_found, forbidden */
  async callOff(caller: MemberCaller, roomId: string): Promise<Retranscription> {
    const view = await this.own(caller, roomId);
    await this.options.requests.callOff(caller, view.consultationId);
    this.options.retranscriber.calledOff(view.consultationId);
    return this.of(caller, view);
  }

  /** @throws AppError not_found */
  async changes(caller: MemberCaller, roomId: string): Promise<RetranscribedUtterance[]> {
    const { consultationId } = await this.seen(caller, roomId);
    return this.options.requests.changes(caller, consultationId);
  }

  private async of(caller: MemberCaller, view: RoomView): Promise<Retranscription> {
    const job = await this.options.requests.latest(caller, view.consultationId);
    if (job && isOnItsWay(job)) return { refusal: null, job };
    return { refusal: await refusalOf(view, this.options.standing), job };
  }

  private async seen(caller: MemberCaller, roomId: string): Promise<RoomView> {
    const view = await this.options.reader.visible(caller, { roomId });
    if (!view) throw notFound();
    return view;
  }

  private async own(caller: MemberCaller, roomId: string): Promise<RoomView> {
    const view = await this.seen(caller, roomId);
    if (view.doctorAuth !== caller.sub) throw new AppError('forbidden');
    return view;
  }
}

function isOnItsWay({ status }: RetranscriptionJob): boolean {
  return status === 'waiting' || status === 'running';
}
