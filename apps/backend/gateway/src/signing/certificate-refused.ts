import { AppError } from '@medcall/service-kit';
import { type CertificateProblem, certificateProblemMessages } from '@medcall/shared-types';

export type { CertificateProblem };

/** A certificate that cannot be taken or used; `details.reason` says why. */
export class CertificateRefused extends AppError {
  readonly problem: CertificateProblem;

  constructor(problem: CertificateProblem, cause?: unknown) {
    super('conflict', {
      message: certificateProblemMessages[problem],
      details: { reason: problem },
      cause,
    });
    this.problem = problem;
  }
}
