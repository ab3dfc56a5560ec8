import type { Transcript } from '@medcall/shared-types';
import { describe, expect, it } from 'vitest';
import { transcriptAsText, transcriptAsVtt } from './transcript-formats.ts';

function aTranscript(...texts: [number, number, 'MEDICO' | 'PACIENTE', string][]): Transcript {
  return {
    consultation_id: 'c',
    room_id: 'r',
    items: texts.map(([start_ms, end_ms, speaker, text], index) => ({
      id: `u${index}`,
      room_id: 'r',
      participant_id: null,
      speaker,
      text,
      raw_text: null,
      start_ms,
      end_ms,
      timestamp: '2026-11-23T12:00:00.000Z',
      confidence: null,
      engine: null,
      revision: 0,
    })),
  };
}

describe('transcript formats', () => {
  it('writes one line an utterance', () => {
    const transcript = aTranscript(
      [0, 900, 'MEDICO', 'Bom dia.'],
      [3_725_400, 3_726_000, 'PACIENTE', 'Dói\naqui.'],
    );
    expect(transcriptAsText(transcript)).toBe(
      '[00:00:00] Médico(a): Bom dia.\n[01:02:05] Paciente: Dói aqui.\n',
    );
    expect(transcriptAsText(aTranscript())).toBe('');
  });

  it('writes WebVTT whose text can be no markup and whose cues have a length', () => {
    const vtt = transcriptAsVtt(
      aTranscript([1_234, 1_234, 'PACIENTE', 'Pressão <v x>\n\n00:00 --> 14 & febre']),
    );
    expect(vtt).toBe(
      'WEBVTT\n\nu0\n00:00:01.234 --> 00:00:01.235\n<v Paciente>Pressão &lt;v x&gt; 00:00 --&gt; 14 &amp; febre\n',
    );
  });
});
