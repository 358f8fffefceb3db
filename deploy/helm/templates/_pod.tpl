{{/* Seconds that a pod is granted: the drain timeout, and 25 more, since a broker that is away is waited for at each
     step. The console's pages are served five seconds longer, until every proxy knows; spans get three to leave. */}}
{{- define "moderator.grace" -}}
{{ add (ceil .root.Values.settings.drain_timeout_s) 25 (ternary 5 0 (eq .name "console")) (ternary 0 3 (dig "tracing" "endpoint" "" .root.Values.settings | empty)) }}
{{- end }}

{{/* Template of a component's pods: {root, name}. */}}
{{- define "moderator.podTemplate" -}}
{{- $values := index .root.Values .name -}}
metadata:
  labels:
    {{- include "moderator.componentSelector" . | nindent 4 }}
    {{- with $values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    checksum/settings: {{ include "moderator.settings" .root | sha256sum }}
    {{- if and .root.Values.secretsRevision $values.existingSecret }}
    moderator/secrets-revision: {{ .root.Values.secretsRevision | quote }}
    {{- end }}
    {{- with $values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  {{- include "moderator.podSpec" . | nindent 2 }}
  terminationGracePeriodSeconds: {{ include "moderator.grace" . }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "moderator.componentSelector" . | nindent 10 }}
  containers:
    -
      {{- include "moderator.container" . | nindent 6 }}
      ports:
        - {name: probes, containerPort: 8080}
        {{- if eq .name "console" }}
        - {name: pages, containerPort: 8081}
        {{- end }}
      startupProbe:
        httpGet: {path: /startupz, port: probes}
        periodSeconds: 2
        failureThreshold: {{ divf $values.startupTimeoutSeconds 2 | ceil }}
      livenessProbe:
        httpGet: {path: /livez, port: probes}
        periodSeconds: 10
        timeoutSeconds: 5
      readinessProbe:
        httpGet: {path: /readyz, port: probes}
        periodSeconds: 5
        timeoutSeconds: 5
      {{- if eq .name "console" }}
      lifecycle:
        preStop:
          sleep: {seconds: 5}
      {{- end }}
{{- end }}

{{/* What pods of a component have in common with the check of an installation. */}}
{{- define "moderator.podSpec" -}}
{{- $values := index .root.Values .name -}}
serviceAccountName: {{ include "moderator.serviceAccount" .root | quote }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . | quote }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  {{- with .root.Values.podSecurity.runAsUser }}
  runAsUser: {{ int64 . }}
  runAsGroup: {{ int64 . }}
  {{- end }}
  {{- with .root.Values.podSecurity.fsGroup }}
  fsGroup: {{ int64 . }}
  {{- end }}
  seccompProfile:
    type: RuntimeDefault
{{- with $values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with $values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
  - name: tmp
    emptyDir: {sizeLimit: 256Mi}
  - name: settings
    configMap:
      name: {{ include "moderator.name" .root }}-settings
  {{- include "moderator.kafkaVolumes" . | nindent 2 }}
  {{- if $values.existingSecret }}
  - name: own-secret
    secret:
      secretName: {{ $values.existingSecret | quote }}
      defaultMode: 0440
      items:
        - {key: {{ $values.secretKey | quote }}, path: secret}
  {{- end }}
  {{- range $number, $mount := .root.Values.mounts }}
  - name: mount-{{ $number }}
    {{- with $mount.configMap }}
    configMap: {name: {{ . | quote }}}
    {{- end }}
    {{- with $mount.secret }}
    secret: {secretName: {{ . | quote }}, defaultMode: 0440}
    {{- end }}
    {{- with $mount.claim }}
    persistentVolumeClaim: {claimName: {{ . | quote }}, readOnly: true}
    {{- end }}
  {{- end }}
{{- end }}

{{- define "moderator.container" -}}
{{- $values := index .root.Values .name -}}
name: {{ .name }}
image: {{ include "moderator.image" .root }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
command: [moderator, {{ .command | default (eq .name "shadow" | ternary "agent, --shadow" .name) }}]
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
resources:
  {{- toYaml $values.resources | nindent 2 }}
env:
  - name: MODERATOR_CONFIG
    value: /etc/moderator/settings/moderator.toml
  - name: MODERATOR_HTTP__HOST
    value: {{ .root.Values.listenAddress | quote }}
  - name: MODERATOR_HTTP__PORT
    value: "8080"
  - name: HOME
    value: /tmp
  {{- include "moderator.kafkaEnv" . | nindent 2 }}
  {{- if and (eq ($values.kind | default "Deployment") "StatefulSet") (not .command) }}
  - name: MODERATOR_KAFKA__GROUP_INSTANCE_ID
    valueFrom:
      fieldRef: {fieldPath: metadata.name}
  {{- if not (hasKey .root.Values.settings.kafka "session_timeout_ms") }}
  - name: MODERATOR_KAFKA__SESSION_TIMEOUT_MS
    value: "60000" # longer than a pod takes to come back: that is what spares the rebalance
  {{- end }}
  {{- end }}
  {{- if and (eq .name "reviewer") $values.existingSecret }}
  - name: MODERATOR_REVIEWER__API_KEY_FILE
    value: /etc/moderator/reviewer/secret
  {{- end }}
  {{- if eq .name "console" }}
  - name: MODERATOR_CONSOLE__HOST
    value: {{ .root.Values.listenAddress | quote }}
  - name: MODERATOR_CONSOLE__PORT
    value: "8081"
  - name: MODERATOR_CONSOLE__STORE_URL_FILE
    value: /etc/moderator/console/secret
  {{- end }}
  {{- range $name, $value := .root.Values.env }}
  - name: {{ $name | quote }}
    value: {{ $value | quote }}
  {{- end }}
{{- with .root.Values.envSecret }}
envFrom:
  - secretRef: {name: {{ . | quote }}}
{{- end }}
volumeMounts:
  - {name: tmp, mountPath: /tmp}
  - {name: settings, mountPath: /etc/moderator/settings, readOnly: true}
  {{- range include "moderator.kafkaVolumes" . | fromYamlArray }}
  - {name: {{ .name }}, mountPath: /etc/moderator/{{ .name }}, readOnly: true}
  {{- end }}
  {{- if $values.existingSecret }}
  - {name: own-secret, mountPath: /etc/moderator/{{ .name }}, readOnly: true}
  {{- end }}
  {{- range $number, $mount := .root.Values.mounts }}
  - {name: mount-{{ $number }}, mountPath: {{ $mount.path | quote }}, readOnly: true}
  {{- end }}
{{- end }}
