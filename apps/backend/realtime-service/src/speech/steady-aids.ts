import type { EchoGuard } from './echo/echo-guard.ts';
import type { SharedMicrophone } from './shared-microphone.ts';

/** What makes a text better, and without which it is still what was said. */
export type Aid = 'speakers' | 'echo' | 'vocabulary';
export type OnAidFailed = (aid: Aid, error: unknown) => void;

export type EchoRemover = Pick<EchoGuard, 'clean' | 'passed'>;

/**
 * A microphone whose failures cost labels and no words: what cannot be split stays whole, who cannot
 * be told stays unknown, and what may be two people's is not joined.
 */
export function steadyMicrophone(
  microphone: SharedMicrophone,
  onFailed: OnAidFailed,
): SharedMicrophone {
  const failed = (error: unknown) => onFailed('speakers', error);
  return {
    async partsOf(utterance) {
      try {
        return await microphone.partsOf(utterance);
      } catch (error) {
        failed(error);
        return [utterance];
      }
    },
    async takeoverIn(utterance) {
      try {
        return await microphone.takeoverIn(utterance);
      } catch (error) {
        failed(error);
        return null;
      }
    },
    async overhears(id, utterance) {
      await microphone.overhears(id, utterance).catch(failed);
    },
    async heard(id, part) {
      await microphone.heard(id, part).catch(failed);
    },
    sameSpeaker(ids) {
      try {
        return microphone.sameSpeaker(ids);
      } catch (error) {
        failed(error);
        return false;
      }
    },
  };
}

/** An echo guard whose failures let an echo through and take nobody's own words. */
export function steadyEcho(echo: EchoRemover, onFailed: OnAidFailed): EchoRemover {
  return {
    passed: (positionSamples) => echo.passed(positionSamples),
    async clean(event) {
      try {
        return await echo.clean(event);
      } catch (error) {
        onFailed('echo', error);
        return event.utterance;
      }
    },
  };
}

/** A correction whose failures leave the text as the engine wrote it. */
export function steadyCorrection(
  correct: (text: string) => string,
  onFailed: OnAidFailed,
): (text: string) => string {
  return (text) => {
    try {
      return correct(text);
    } catch (error) {
      onFailed('vocabulary', error);
      return text;
    }
  };
}
