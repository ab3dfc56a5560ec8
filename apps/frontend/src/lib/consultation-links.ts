import type { Consultation } from '@medcall/shared-types';

/** Page on which an open consultation is held. */
export function doorOf({ id, roomId, type }: Pick<Consultation, 'id' | 'roomId' | 'type'>): string {
  return type === 'ONLINE' ? `/call/${roomId}` : `/consulta-presencial/${id}`;
}
