import { AppError } from '@medcall/service-kit';
import type { RequestHandler } from 'express';
import { MulterError } from 'multer';

/** A form reader whose complaints are ours. */
export function withUploadErrors(receive: RequestHandler): RequestHandler {
  return (req, res, next) => {
    receive(req, res, (error: unknown) => {
      if (!(error instanceof MulterError)) {
        next(error);
        return;
      }
      const code = error.code === 'LIMIT_FILE_SIZE' ? 'payload_too_large' : 'validation_failed';
      next(new AppError(code, { cause: error }));
    });
  };
}
