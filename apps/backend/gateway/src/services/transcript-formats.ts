import type { Speaker, Transcript } from '@medcall/shared-types';

/** How a person reads who spoke. */
const speakerNames: Record<Speaker, string> = {
  MEDICO: 'Médico(a)',
  PACIENTE: 'Paciente',
  UNKNOWN: 'Não identificado',
};

/** Plain text: `[00:01:05] Paciente: …`, one utterance a line. */
export function transcriptAsText(transcript: Transcript): string {
  const lines = transcript.items.map(
    (item) => `[${clock(item.start_ms)}] ${speakerNames[item.speaker]}: ${oneLine(item.text)}`,
  );
  return lines.length > 0 ? `${lines.join('\n')}\n` : '';
}

/** WebVTT (W3C), one cue an utterance with the speaker as its voice span. */
export function transcriptAsVtt(transcript: Transcript): string {
  const cues = transcript.items.map((item) => {
    const end = Math.max(item.end_ms, item.start_ms + 1);
    const voice = `<v ${speakerNames[item.speaker]}>${escapeCue(oneLine(item.text))}`;
    return `${item.id}\n${clock(item.start_ms, true)} --> ${clock(end, true)}\n${voice}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

function clock(milliseconds: number, withFraction = false): string {
  const total = Math.max(0, Math.floor(milliseconds));
  const parts = [
    Math.floor(total / 3_600_000),
    Math.floor(total / 60_000) % 60,
    Math.floor(total / 1000) % 60,
  ].map((part) => String(part).padStart(2, '0'));
  const fraction = withFraction ? `.${String(total % 1000).padStart(3, '0')}` : '';
  return parts.join(':') + fraction;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** In cue text `&`, `<` and `>` are markup; escaped, `-->` cannot appear either. */
function escapeCue(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
