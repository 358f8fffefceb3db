{{/* A component's Deployment, or the agent's StatefulSet: {root, name}. */}}
{{- define "moderator.workload" -}}
{{- $values := index .root.Values .name -}}
{{- $kind := $values.kind | default "Deployment" -}}
{{- $scaling := $values.autoscaling | default (dict "type" "none") -}}
apiVersion: apps/v1
kind: {{ $kind }}
metadata:
  name: {{ include "moderator.component" . }}
  labels:
    {{- include "moderator.labels" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .name }}
  {{- if and .root.Values.reloader.enabled $values.existingSecret }}
  annotations:
    secret.reloader.stakater.com/reload: {{ $values.existingSecret | quote }}
  {{- end }}
spec:
  {{- if eq $scaling.type "none" }}
  replicas: {{ $values.replicas }}
  {{- end }}
  {{- if eq $kind "StatefulSet" }}
  serviceName: {{ include "moderator.component" . }}
  podManagementPolicy: Parallel
  {{- else }}
  strategy:
    rollingUpdate: {maxUnavailable: 0, maxSurge: 1}
  {{- end }}
  selector:
    matchLabels:
      {{- include "moderator.componentSelector" . | nindent 6 }}
  template:
    {{- include "moderator.podTemplate" . | nindent 4 }}
{{- end }}
