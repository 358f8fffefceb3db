{{/* The release's name, which ends in the chart's where it does not hold it. Services take no dots, and a label with the
     name of the agents' StatefulSet and a hash of up to 11 characters has room for 63: -agent comes on top of 46. */}}
{{- define "moderator.name" -}}
{{- $name := ternary .Release.Name (printf "%s-moderator" .Release.Name) (contains "moderator" .Release.Name) -}}
{{- $name | replace "." "-" | trunc 46 | trimAll "-" -}}
{{- end }}

{{/* A component's: {root, name}. */}}
{{- define "moderator.component" -}}
{{ include "moderator.name" .root }}-{{ .name }}
{{- end }}

{{- define "moderator.selector" -}}
app.kubernetes.io/name: moderator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "moderator.labels" -}}
{{ include "moderator.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{/* Names a component's own pods: {root, name}. */}}
{{- define "moderator.componentSelector" -}}
{{ include "moderator.selector" .root }}
app.kubernetes.io/component: {{ .name }}
{{- end }}

{{- define "moderator.serviceAccount" -}}
{{ .Values.serviceAccount.name | default (ternary (include "moderator.name" .) "default" .Values.serviceAccount.create) }}
{{- end }}

{{- define "moderator.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}
{{- end }}
{{- end }}
{{- end }}

{{/* Whether the agents try a policy beside the one that decides; a model is tried by shadows. */}}
{{- define "moderator.policyOnTrial" -}}
{{- with .Values.settings.shadow }}{{ if and .policy_file (not .model_directory) }}true{{ end }}{{ end }}
{{- end }}

{{/* Components that are switched on, as a list to read with fromYamlArray. */}}
{{- define "moderator.components" -}}
{{- range list "agent" "shadow" "reviewer" "console" }}
{{- if (index $.Values .).enabled }}
- {{ . }}
{{- end }}
{{- end }}
{{- end }}
