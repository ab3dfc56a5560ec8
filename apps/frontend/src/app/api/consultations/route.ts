import { forwardToGateway } from '#lib/api/forward.ts';

/** List and create, as the signed-in person: the gateway decides and answers. */
export const GET = (request: Request) => forwardToGateway(request, '/api/consultations');
export const POST = (request: Request) => forwardToGateway(request, '/api/consultations');
