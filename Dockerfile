# The same base in every stage: what was installed in one runs in the next.
FROM node:24-slim AS base
WORKDIR /app
# The pinned Node among the optional dependencies is for systems with an older one; this one is Node 24.
COPY package.json package-lock.json .npmrc ./

FROM base AS build
RUN npm ci --omit=optional
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
RUN npm run build

FROM base AS dependencies
RUN npm ci --omit=dev --omit=optional

FROM node:24-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8080 \
    NODE_DISABLE_COMPILE_CACHE=1 \
    DATABASE_URL=sqlite:/data/tributary.db
WORKDIR /app
COPY LICENSE package.json ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY bin bin
COPY config config
COPY feeds feeds
RUN mkdir /data && chown node:node /data

# Nothing but /data is written to, so the root file system may be read-only.
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/tributary.js"]
CMD ["serve"]
