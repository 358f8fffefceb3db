# Agent, reviewer and console in one image; docs/image.md tells how it is built, run and pinned.
# A release names the base by digest: --build-arg BASE=docker.io/library/python@sha256:..
ARG BASE=docker.io/library/python:3.11.14-slim-bookworm

FROM ${BASE} AS build
# openvino, or cpu: ONNX Runtime without OpenVINO, and without the console
ARG VARIANT=openvino
WORKDIR /build
# The service's environment has no pip of its own: the tools' installs into it.
RUN python3 -m venv /tools && python3 -m venv --without-pip /opt/moderator
# pip's configuration and the authorities of its index are the builder's, and stay out of every layer.
COPY requirements/image-build.txt ./
RUN --mount=type=secret,id=pip,target=/etc/pip.conf --mount=type=secret,id=authorities \
    /tools/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r image-build.txt
COPY requirements/image-${VARIANT}.txt ./
RUN --mount=type=secret,id=pip,target=/etc/pip.conf --mount=type=secret,id=authorities \
    /tools/bin/pip --python /opt/moderator/bin/python install --no-cache-dir --disable-pip-version-check \
    --no-compile --only-binary :all: --require-hashes --no-deps -r image-${VARIANT}.txt
COPY pyproject.toml README.md LICENSE ./
COPY moderator moderator
COPY models models
RUN /tools/bin/pip wheel --no-index --no-deps --no-build-isolation --wheel-dir . . \
    && /tools/bin/pip --python /opt/moderator/bin/python install --no-index --no-deps --no-compile moderator-*.whl
COPY deploy/image/*.py ./
# Each command is imported here, so what was taken out too much is seen.
ENV PYTHONDONTWRITEBYTECODE=1
RUN python3 trim.py /opt/moderator ${VARIANT} \
    && /opt/moderator/bin/python precompile.py agent audit check classify reviewer $([ ${VARIANT} = cpu ] || echo console)
# The model is verified and proven here: every checksum of its manifest, every score of its golden set.
RUN echo '{"id": "1", "text": "Have a nice day"}' | /opt/moderator/bin/moderator classify
RUN /tools/bin/python sbom.py /opt/moderator

FROM ${BASE}
COPY --from=build /opt/moderator /opt/moderator
ENV PATH=/opt/moderator/bin:/usr/local/bin:/usr/bin:/bin \
    HOME=/tmp \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
# By number: Kubernetes' runAsNonRoot cannot tell a name's.
USER 10001:10001
WORKDIR /tmp
ENTRYPOINT ["moderator"]
CMD ["agent"]
# It loads the model anew (docs/image.md says what that takes), hence one core, behind the service, and seldom.
# Where something acts on the answer, ask /livez and /readyz instead: a broker that is away is no reason to restart.
HEALTHCHECK --interval=5m --timeout=60s --start-period=60s --retries=3 \
    CMD ["env", "MODERATOR_MODEL__THREADS=1", "nice", "moderator", "check"]
# Last, since they change with every revision.
ARG VERSION=unknown
ARG REVISION=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="Moderator" \
      org.opencontainers.image.description="Streaming content moderation and sentiment on Kafka" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}"
