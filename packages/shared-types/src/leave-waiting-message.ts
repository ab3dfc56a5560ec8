import { z } from 'zod';
import { longestWaitingMessage } from './waiting-room.ts';

export const leaveWaitingMessage = z.object({
  text: z.string().trim().min(1).max(longestWaitingMessage),
});
export type LeaveWaitingMessage = z.infer<typeof leaveWaitingMessage>;
