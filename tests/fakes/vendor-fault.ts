/**
 * How a vendor may fail one request. `…_after` has done the work and loses the answer: the caller
 * cannot tell it from `…_before`.
 */
export type VendorFault =
  | { kind: 'rate_limited'; retryAfterSeconds: number }
  | { kind: 'server_error_before' }
  | { kind: 'server_error_after' }
  | { kind: 'cut_off_before' }
  | { kind: 'cut_off_after' }
  | { kind: 'hang_after' }
  | { kind: 'garbage_after' }
  | { kind: 'unauthorized' };

/** Faults to come, in order; a function decides request by request, null for none. */
export class FaultPlan {
  readonly #queue: VendorFault[] = [];
  /** Asked when the queue is empty. */
  otherwise: () => VendorFault | null = () => null;

  next(...faults: VendorFault[]): void {
    this.#queue.push(...faults);
  }

  take(): VendorFault | null {
    return this.#queue.shift() ?? this.otherwise();
  }
}
