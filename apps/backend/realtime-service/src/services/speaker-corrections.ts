import type { ConsultationReader } from './consultation-reader.ts';
import type { LiveRooms } from './live-rooms.ts';
import { RoomTranscript, type RoomTranscriptParts } from './room-transcript.ts';
import type { VoiceRows } from './voice-rows.ts';

interface SpeakerCorrectionsOptions {
  voiceRows: VoiceRows;
  reader: ConsultationReader;
  rooms: LiveRooms;
  /** What a room that is not live here is set right with. */
  transcript: RoomTranscriptParts;
}

/** A person said who speaks in one row: the rows that sound like it follow, live or afterwards. */
export class SpeakerCorrections {
  private readonly options: SpeakerCorrectionsOptions;

  constructor(options: SpeakerCorrectionsOptions) {
    this.options = options;
  }

  /** After a correction that this node has stored. */
  async follow(rowId: string): Promise<void> {
    const { reader, transcript, voiceRows } = this.options;
    const consultationId = await voiceRows.consultationOf(rowId);
    if (await this.followLive(consultationId)) return;
    const room = new RoomTranscript(await reader.byId(consultationId), transcript);
    await room.load();
    await room.written();
  }

  /** After a correction on any node. @returns false when the consultation is not live here */
  async followLive(consultationId: string): Promise<boolean> {
    const live = await this.options.rooms.running(consultationId);
    await live?.corrected();
    return live !== undefined;
  }
}
