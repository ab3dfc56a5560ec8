import type { World } from '@medcall/service-kit/testing/world';
import type { KeptAudio } from '../../../apps/backend/realtime-service/src/recordings/kept-audio.ts';
import { type Pcm, slice } from '../../lib/client/wav.ts';
import type { LiveConsultation } from './consultation.ts';

const chunkMs = 100;

/**
 * The transcript of a consultation without what differs between two runs of the same sound (ids, origin):
 * one line per row, superseded rows included. In person a row's revisions are not counted: how often
 * a label changed its mind depends on when it was looked at, what it came to does not.
 */
export async function transcriptLines(world: World, consultationId: string): Promise<string[]> {
  const rows = await world.query<{ line: string }>(
    `select json_build_array(t.speaker, t.start_ms - s.origin_ms, t.end_ms - s.origin_ms,
       case c.type when 'ONLINE' then t.revision else t.text_revision end, t.superseded_by is not null, t.raw_text, t.text)::text as line
     from transcriptions t join audio_streams s on s.id = t.stream_id
       join consultations c on c.id = s.consultation_id
     where s.consultation_id = $1 order by 1`,
    [consultationId],
  );
  return rows.map(({ line }) => line);
}

/** What is in `expected` and not in `seen` and the reverse, each as often as it is too few or too many. */
export function differences(
  expected: readonly string[],
  seen: readonly string[],
): { missing: string[]; doubled: string[] } {
  const rest = [...seen];
  const missing = expected.filter((line) => {
    const at = rest.indexOf(line);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return { missing, doubled: rest };
}

/** Chunks of a recording that the log holds not at all, with other bytes, or in another place. */
export async function chunksLost(
  log: KeptAudio,
  consultationId: string,
  sent: ReadonlyArray<{ captureId: string; pcm: Pcm }>,
): Promise<number> {
  const kept = await log.streamsOf(consultationId);
  let lost = 0;
  for (const { captureId, pcm } of sent) {
    const wanted = Math.ceil(pcm.durationMs / chunkMs);
    const found = new Set<number>();
    const stream = kept.find(({ header }) => header.captureId === captureId);
    for await (const record of stream?.records() ?? []) {
      if (record.type !== 'chunk') continue;
      const bytes = slice(pcm, record.seq * chunkMs, chunkMs);
      if (bytes.equals(record.pcm.subarray(0, bytes.length))) found.add(record.seq);
    }
    lost += wanted - found.size;
  }
  return lost;
}

/** Finals that one person got twice. */
export function seenTwice({ seen }: LiveConsultation): number {
  return [seen.doctor, seen.patient].reduce((sum, ids) => sum + ids.length - new Set(ids).size, 0);
}
