import { notFound, userOf } from '@medcall/service-kit';
import { type Room, roomId } from '@medcall/shared-types';
import { Router } from 'express';
import { z } from 'zod';
import type { Captures } from '../services/captures.ts';
import type { ConsultationReader } from '../services/consultation-reader.ts';
import type { RoomService } from '../services/room-service.ts';

const roomParam = z.object({ roomId: roomId });

/** `/api/rooms`: rooms are views of consultations. */
export function roomRoutes(parts: {
  reader: ConsultationReader;
  captures: Captures;
  rooms: RoomService;
}): Router {
  const router = Router();
  router.get('/:roomId', async (req, res) => {
    const params = roomParam.safeParse(req.params);
    const view = params.success ? await parts.reader.visible(userOf(req), params.data) : null;
    if (!view) throw notFound();
    const room: Room = {
      room_id: view.roomId,
      roomId: view.roomId,
      consultation_id: view.consultationId,
      type: view.type,
      status: view.status,
      participants: await parts.rooms.participantsOf(view.consultationId),
      transcription: { active: (await parts.captures.active(view.consultationId)) !== null },
    };
    res.json(room);
  });
  return router;
}
