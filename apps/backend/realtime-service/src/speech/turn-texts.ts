import { runFilters } from './filters/run-filters.ts';
import type { GivenText } from './final-texts.ts';
import type { LiveDecodes } from './live-decodes.ts';
import type { Utterance } from './segmenter.ts';
import { SpeechError } from './speech-error.ts';
import type { Turn } from './turn-tracker.ts';
import { candidateOf, type UtteranceEvents } from './utterance-events.ts';

/** Decodes whole turns again, also those that were cut at breaths, and gives each as one utterance. */
export class TurnTexts {
  private readonly decodes: LiveDecodes;
  private readonly events: UtteranceEvents;

  constructor(decodes: LiveDecodes, events: UtteranceEvents) {
    this.decodes = decodes;
    this.events = events;
  }

  /**
   * @param parts what became of the turn's utterances
   * @param oneSpeaker asked again when the text is there: by then more is known of the voices
   */
  async revise(
    turn: Turn,
    pcm: Float32Array,
    parts: readonly Promise<GivenText | null>[],
    oneSpeaker: () => boolean,
  ): Promise<void> {
    const given = (await Promise.all(parts)).filter((one) => one !== null);
    const [first, ...others] = given;
    if (first === undefined || this.events.closed) return;
    if (!oneSpeaker()) return;
    const decode = this.decodes.start(pcm, 'revision');
    try {
      const transcript = await decode.once;
      const whole = wholeTurn(turn, pcm);
      const filtered = runFilters(candidateOf(whole, transcript));
      if (!filtered.kept || transcript.degenerate === true || !oneSpeaker()) return;
      const text = this.events.correct(filtered.text);
      if (others.length === 0 && text === first.event.text) return;
      this.events.emit({
        ...this.events.text(whole, transcript, text, { isFinal: true }),
        id: first.event.id,
        startMs: first.event.startMs,
        revision: first.event.revision + 1,
        ...(others.length > 0 ? { replaces: others.map((one) => one.event.id) } : {}),
      });
    } catch (error) {
      // Shed, cancelled or failed: the texts that were given stand.
      if (!(error instanceof SpeechError)) throw error;
    } finally {
      this.decodes.done(decode);
    }
  }
}

function wholeTurn(turn: Turn, pcm: Float32Array): Utterance {
  const first = turn.utterances[0] as Utterance;
  const last = turn.utterances.at(-1) as Utterance;
  const seconds = turn.utterances.reduce((sum, one) => sum + one.speechSeconds, 0);
  const sure = turn.utterances.reduce((sum, u) => sum + u.speechSeconds * u.speechProbability, 0);
  return {
    ...first,
    endSample: last.endSample,
    speechEndSample: last.speechEndSample,
    pcm,
    speechSeconds: seconds,
    speechProbability: sure / seconds,
  };
}
