# syntax=docker/dockerfile:1
# The gateway, its worker and the database's migrations: one image, three commands.
#   node apps/backend/gateway/src/index.ts    REST entry point (the default)
#   node apps/backend/gateway/src/worker.ts   jobs
#   node database/tools/deploy.ts migrate     schema, as a step of its own before a roll-out
# Built from the root of the repository: docker build -f configs/docker/gateway.Dockerfile .

FROM node:24.21.0-bookworm-slim AS dependencies
WORKDIR /app
# Manifests alone, so that a change of the source does not install anew.
COPY package.json package-lock.json .npmrc ./
COPY apps/frontend/package.json apps/frontend/
COPY apps/backend/gateway/package.json apps/backend/gateway/
COPY apps/backend/realtime-service/package.json apps/backend/realtime-service/
COPY apps/backend/ai-service/package.json apps/backend/ai-service/
COPY packages/service-kit/package.json packages/service-kit/
COPY packages/shared-types/package.json packages/shared-types/
COPY packages/ui-components/package.json packages/ui-components/
COPY packages/utils/package.json packages/utils/
# What is optional is the runtime itself and the embedded PostgreSQL: the image brings its own.
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --omit=optional -w @medcall/gateway

FROM node:24.21.0-bookworm-slim
RUN install -d -o 1000 -g 1000 /data /objects
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json ./
COPY configs/docker/health.mjs ./
COPY database/migrations database/migrations
COPY database/seeds/demo database/seeds/demo
# The demonstration's questions name the passage that each rests on.
COPY database/seeds/guidelines database/seeds/guidelines
COPY database/supabase database/supabase
COPY database/tools/deploy.ts database/tools/deploy-steps.ts database/tools/loopback.ts database/tools/supabase-storage.ts database/tools/
COPY packages/utils packages/utils
COPY packages/shared-types packages/shared-types
COPY packages/service-kit packages/service-kit
COPY apps/backend/gateway apps/backend/gateway
ARG MEDCALL_BUILD=unknown
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    GATEWAY_PORT=3001 \
    DATA_DIR=/data \
    MEDCALL_BUILD=${MEDCALL_BUILD}
USER 1000:1000
EXPOSE 3001
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["node", "health.mjs", "http://127.0.0.1:3001/api/health/ready"]
CMD ["node", "apps/backend/gateway/src/index.ts"]
