import type { Transcriber, TranscriberOptions } from '../speech/transcriber-options.ts';

/** A stream's transcriber on this service's engine; the container decides which that is. */
export type TranscriberFactory = (
  stream: Required<
    Pick<
      TranscriberOptions,
      'streamKey' | 'roomId' | 'startSample' | 'onEvent' | 'onError' | 'onAidFailed'
    >
  > &
    Pick<TranscriberOptions, 'echo' | 'sharedMicrophone'>,
) => Transcriber;
