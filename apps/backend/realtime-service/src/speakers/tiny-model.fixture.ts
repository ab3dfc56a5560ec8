/**
 * Writes small ONNX files, so that the adapter is run on the real runtime without weights. Protobuf
 * by hand: field numbers are those of onnx.proto3.
 */
type Field = readonly [number, number | string | Uint8Array];

function varint(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  while (left > 127) {
    bytes.push((left % 128) + 128);
    left = Math.floor(left / 128);
  }
  return [...bytes, left];
}

function message(...fields: readonly Field[]): Uint8Array {
  return Uint8Array.from(
    fields.flatMap(([field, value]) => {
      if (typeof value === 'number') return [...varint(field * 8), ...varint(value)];
      const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
      return [...varint(field * 8 + 2), ...varint(bytes.length), ...bytes];
    }),
  );
}

const FLOAT = 1;
const INTS = 7;

function tensorInfo(name: string, dimensions: readonly (number | string)[]): Uint8Array {
  const shape = message(
    ...dimensions.map((d): Field => [1, typeof d === 'number' ? message([1, d]) : message([2, d])]),
  );
  return message([1, name], [2, message([1, message([1, FLOAT], [2, shape])])]);
}

function modelOf(node: Uint8Array, input: Uint8Array, output: Uint8Array): Uint8Array {
  const graph = message([1, node], [2, 'tiny'], [11, input], [12, output]);
  return message([1, 8], [8, message([1, ''], [2, 13])], [7, graph]);
}

function reduction(operation: string, axis: number): Uint8Array {
  return message(
    [1, 'in'],
    [2, 'out'],
    [4, operation],
    [5, message([1, 'axes'], [8, axis], [20, INTS])],
    [5, message([1, 'keepdims'], [3, 0], [20, 2])],
  );
}

/** `[1, frames, bands] → [1, bands]`: the loudest of each band. */
export function fbankModel(bands = 80): Uint8Array {
  const input = tensorInfo('in', [1, 'frames', bands]);
  return modelOf(reduction('ReduceMax', 1), input, tensorInfo('out', [1, bands]));
}

/** `[1, samples] → [1, samples]` without a change: hears the waveform. */
export function waveformModel(): Uint8Array {
  const node = message([1, 'in'], [2, 'out'], [4, 'Identity']);
  return modelOf(node, tensorInfo('in', [1, 'samples']), tensorInfo('out', [1, 'samples']));
}
