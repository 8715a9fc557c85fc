# Assay in a container: a distribution on a Java 25 runtime, as a user without rights. Everything it writes goes
# to /var/lib/assay (a volume) and /tmp (memory), so the rest may be read-only. Why so: docs/design/compose.md.
#   docker build --build-arg COMMIT="$(git describe --always --dirty)" -t assay .

FROM eclipse-temurin:25.0.3_9-jdk-noble AS build
WORKDIR /source
COPY . .
ARG COMMIT=unknown
# Maven's downloads stay in a cache of the builder: no layer has them.
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -pl starter-cli -am -P '!format,dist' -DskipTests -Dforbiddenapis.skip=true "-Dassay.commit=$COMMIT" package \
    && mkdir /opt/assay \
    && tar -xzf starter-cli/target/assay-*.tar.gz -C /opt/assay --strip-components=1 --no-same-owner

FROM eclipse-temurin:25.0.3_9-jre-noble
# Folders for volumes exist here, because a new volume takes owner and mode from what it covers. The account has a
# name, because PostgreSQL, where a command brings its own, wants to know its user's.
RUN groupadd --gid 10001 assay \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/assay --shell /usr/sbin/nologin assay \
    && install -d -o 10001 -g 10001 -m 0700 /var/lib/assay /var/lib/assay/keys
COPY --from=build /opt/assay /opt/assay
COPY --chmod=0755 deploy/ready /usr/local/bin/assay-ready
ENV PATH=/opt/assay/bin:$PATH \
    ASSAY_HOME=/var/lib/assay
# By number: orchestrators can see that it isn't root.
USER 10001:10001
WORKDIR /var/lib/assay
ENTRYPOINT ["assay"]
CMD ["--help"]
