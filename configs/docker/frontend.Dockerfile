# syntax=docker/dockerfile:1
# The pages. No address is built in: one image serves many sites, by its environment.
# Built from the root of the repository: docker build -f configs/docker/frontend.Dockerfile .

FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY apps/frontend/package.json apps/frontend/
COPY apps/backend/gateway/package.json apps/backend/gateway/
COPY apps/backend/realtime-service/package.json apps/backend/realtime-service/
COPY apps/backend/ai-service/package.json apps/backend/ai-service/
COPY packages/service-kit/package.json packages/service-kit/
COPY packages/shared-types/package.json packages/shared-types/
COPY packages/ui-components/package.json packages/ui-components/
COPY packages/utils/package.json packages/utils/
RUN --mount=type=cache,target=/root/.npm npm ci -w @medcall/frontend
COPY packages packages
COPY apps/frontend apps/frontend
COPY tsconfig.base.json ./
ENV NEXT_TELEMETRY_DISABLED=1 \
    NEXT_STANDALONE=1
RUN npm run build -w @medcall/frontend

FROM node:24.21.0-bookworm-slim
WORKDIR /app
# Next's own list of what the server really loads.
COPY --from=build /app/apps/frontend/.next/standalone ./
COPY --from=build /app/apps/frontend/.next/static apps/frontend/.next/static
COPY --from=build /app/apps/frontend/public apps/frontend/public
COPY configs/docker/health.mjs ./
# Where Next would keep its cache; a read-only root puts a tmpfs there.
RUN install -d -o 1000 -g 1000 apps/frontend/.next/cache
ARG MEDCALL_BUILD=unknown
ENV NODE_ENV=production \
    HOSTNAME=0.0.0.0 \
    PORT=3000 \
    NEXT_TELEMETRY_DISABLED=1 \
    MEDCALL_BUILD=${MEDCALL_BUILD}
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["node", "health.mjs", "http://127.0.0.1:3000/login"]
CMD ["node", "apps/frontend/server.js"]
