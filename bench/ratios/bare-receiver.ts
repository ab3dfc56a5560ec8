/** The yardstick of ingest: a Socket.IO server that acknowledges chunks and does nothing else. Forked. */
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { transports: ['websocket'] });
io.on('connection', (socket) => {
  let ackedSeq = -1;
  socket.on('audioChunk', (chunk: { seq: number }, acknowledge: (answer: unknown) => void) => {
    ackedSeq = Math.max(ackedSeq, chunk.seq);
    acknowledge({ ok: true, ackedSeq, durableSeq: ackedSeq });
  });
});
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  process.send?.(typeof address === 'object' && address ? address.port : 0);
});
process.on('disconnect', () => process.exit(0));
