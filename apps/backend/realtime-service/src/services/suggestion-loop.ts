import { currentTraceparent, type Logger, withTraceparent } from '@medcall/service-kit';
import type { Speaker, SuggestionItem } from '@medcall/shared-types';
import type { CapSignals } from '../engines/cap-signals.ts';
import type { AiClient } from './ai-client.ts';
import { type Broadcaster, doctorOnly } from './broadcaster.ts';
import type { RoomView } from './consultation-reader.ts';

interface Final {
  id: string;
  text: string;
  speaker: Speaker;
}

/** A final that waits, and what it belongs to: the one before may still be asked about. */
interface Waiting {
  final: Final;
  traceparent: string | undefined;
}

/**
 * Asks the AI service after each final: one question at a time per room. Finals that arrive meanwhile
 * are represented by the newest, because the AI service reads the transcript itself.
 */
export class SuggestionLoop {
  private readonly ai: AiClient;
  private readonly broadcaster: Broadcaster;
  private readonly caps: CapSignals;
  private readonly logger: Logger;
  private readonly running = new Map<string, { next: Waiting | null }>();
  /** The same utterance in a better text is answered with the same questions: each is sent once. */
  private readonly sent = new Map<string, Set<string>>();

  constructor(options: {
    ai: AiClient;
    broadcaster: Broadcaster;
    /** Told when the language model stops or starts again because of the cost. */
    caps: CapSignals;
    logger: Logger;
  }) {
    this.ai = options.ai;
    this.broadcaster = options.broadcaster;
    this.caps = options.caps;
    this.logger = options.logger;
  }

  onFinal(room: RoomView, final: Final): void {
    const waiting: Waiting = { final, traceparent: currentTraceparent() };
    const busy = this.running.get(room.roomId);
    if (busy) {
      busy.next = waiting;
      return;
    }
    const state: { next: Waiting | null } = { next: waiting };
    this.running.set(room.roomId, state);
    void this.work(room, state).finally(() => this.running.delete(room.roomId));
  }

  private async work(room: RoomView, state: { next: Waiting | null }): Promise<void> {
    while (state.next) {
      const { final, traceparent } = state.next;
      state.next = null;
      try {
        await withTraceparent(traceparent, () => this.ask(room, final));
      } catch (error) {
        // Questions are help, not record: the consultation goes on without them.
        this.logger.warn(
          { err: error, consultationId: room.consultationId, requestId: final.id },
          'no suggestions',
        );
      }
    }
  }

  private async ask(room: RoomView, final: Final): Promise<void> {
    // The AI service logs the same id (ai-client.ts).
    this.logger.debug(
      { requestId: final.id, consultationId: room.consultationId },
      'asking for questions',
    );
    const answer = await this.ai.suggest({
      roomId: room.roomId,
      consultationId: room.consultationId,
      clinicaId: room.clinicaId,
      transcriptionId: final.id,
      text: final.text,
    });
    if (answer.notice?.reason === 'cost_cap') this.caps.refused(room.roomId, 'language');
    else this.caps.granted(room.roomId, 'language');
    for (const item of answer.items) this.offer(room.roomId, item);
    if (answer.coverage) {
      this.broadcaster.toRoles(room.roomId, doctorOnly, 'coverage', {
        roomId: room.roomId,
        items: answer.coverage,
      });
    }
  }

  /** The room is over: nothing of it need be remembered. */
  forget(roomId: string): void {
    this.sent.delete(roomId);
  }

  private offer(roomId: string, item: SuggestionItem): void {
    const sent = this.sent.get(roomId) ?? new Set();
    this.sent.set(roomId, sent);
    if (sent.has(item.id)) return;
    sent.add(item.id);
    this.broadcaster.toRoles(roomId, doctorOnly, 'suggestion', {
      ...item,
      roomId,
      context: 'anamnese',
    });
  }
}
