# A tenant in a container. Build: docker build --tag rolecall .
FROM node:22-slim AS build
WORKDIR /rolecall
COPY . .
# Installing builds the package too.
RUN npm ci --no-audit --no-fund && npm pack --ignore-scripts --pack-destination /tmp

FROM node:22-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /tmp/rolecall-*.tgz /tmp/rolecall.tgz
RUN npm install --omit=dev --no-audit --no-fund /tmp/rolecall.tgz \
  && rm /tmp/rolecall.tgz \
  && npm cache clean --force
USER node
EXPOSE 4000
HEALTHCHECK --interval=2s --timeout=2s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4000/_rolecall/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/node_modules/rolecall/dist/rolecall.js", "tenant", "--host", "0.0.0.0", "--port", "4000"]
