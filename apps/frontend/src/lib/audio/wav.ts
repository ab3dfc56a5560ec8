const headBytes = 44;

/** PCM16LE mono as a RIFF/WAVE file. */
export function wavOfPcm(pieces: readonly ArrayBuffer[], sampleRate: number): Blob {
  const length = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
  const head = new DataView(new ArrayBuffer(headBytes));
  const write = (at: number, text: string) => {
    for (let k = 0; k < text.length; k += 1) head.setUint8(at + k, text.charCodeAt(k));
  };
  write(0, 'RIFF');
  head.setUint32(4, headBytes - 8 + length, true);
  write(8, 'WAVEfmt ');
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, sampleRate, true);
  head.setUint32(28, sampleRate * 2, true);
  head.setUint16(32, 2, true);
  head.setUint16(34, 16, true);
  write(36, 'data');
  head.setUint32(40, length, true);
  return new Blob([head, ...pieces], { type: 'audio/wav' });
}
